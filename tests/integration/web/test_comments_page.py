"""Comments on the page of a task: posted, marked, withdrawn, and kept for the auditor."""

from __future__ import annotations

import pytest

from engine.storage.models import UserTask
from tests.integration.web.site import Browser, Site
from workflows.comments import unread_mentions


@pytest.fixture
def task(site: Site) -> UserTask:
    return site.task(site.register())


@pytest.fixture
def person(site: Site, task: UserTask) -> Browser:
    browser = site.browser("zeren")
    browser.get(f"/tasks/{task.id}")
    return browser


def post(person: Browser, task: UserTask, text: str) -> int:
    key = person.hidden("comment_key")
    answer = person.post(f"/hazards/{task.business_key}/comments", text=text, comment_key=key, next=f"/tasks/{task.id}")
    person.get(f"/tasks/{task.id}")
    return answer.status_code


def test_what_is_said_is_shown_as_plain_text_with_mentions_marked(site: Site, person: Browser, task: UserTask) -> None:
    assert post(person, task, "@danwei 请看\n<b>照片</b>") == 302
    assert '<span class="mention">@danwei</span> 请看\n&lt;b&gt;照片&lt;/b&gt;' in person.page
    with site.runtime.reading() as uow:
        [told] = unread_mentions(uow.session, "danwei")
    assert told.hazard_number == task.business_key


def test_the_same_page_sent_twice_says_it_once(person: Browser, task: UserTask) -> None:
    page = person.page
    post(person, task, "只说一次")
    person.page = page
    post(person, task, "只说一次")
    assert person.page.count("只说一次") == 1


def test_what_cannot_be_said_stands_beside_its_field(site: Site, person: Browser, task: UserTask) -> None:
    text = f"@{site.stranger()} 请看"
    assert post(person, task, text) == 422
    refused = person.post(f"/hazards/{task.business_key}/comments", text=text, comment_key="", next="/inbox")
    assert 'id="error-text"' in refused.text
    assert f"{text}</textarea>" in refused.text


def test_a_withdrawn_comment_is_shown_to_the_auditor_only(site: Site, person: Browser, task: UserTask) -> None:
    post(person, task, "看错了")
    number = person.page.split('id="comment-')[1].split('"')[0]
    assert person.post(f"/comments/{number}/withdraw", next=f"/tasks/{task.id}").status_code == 302
    assert "看错了" not in person.get(f"/tasks/{task.id}").text
    page = site.browser("shenji").get(f"/tasks/{task.id}").text
    assert "看错了" in page
    assert "已撤回" in page
    assert 'name="comment_key"' not in page


def test_another_person_does_not_withdraw_it(site: Site, person: Browser, task: UserTask) -> None:
    post(person, task, "我说的")
    number = person.page.split('id="comment-')[1].split('"')[0]
    other = site.browser("danwei")
    other.get(f"/tasks/{task.id}")
    assert other.post(f"/comments/{number}/withdraw").status_code == 403


def test_a_stranger_neither_reads_nor_says_anything(site: Site, task: UserTask) -> None:
    stranger = site.browser(site.stranger())
    stranger.get("/inbox")
    assert stranger.get(f"/hazards/{task.business_key}/comments").status_code == 403
    assert stranger.get(f"/hazards/{task.business_key}/readers?typed=张").status_code == 403
    assert stranger.post(f"/hazards/{task.business_key}/comments", text="路过").status_code == 403


def test_names_are_offered(person: Browser, task: UserTask) -> None:
    offered = person.get(f"/hazards/{task.business_key}/readers?typed=danwei").json
    assert [reader["handle"] for reader in offered or []] != []
