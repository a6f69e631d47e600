"""Nothing that was typed is lost: it waits on the server, whatever is missing, until it is sent or discarded."""

from __future__ import annotations

from io import BytesIO

import pytest

from engine import tasks
from engine.storage.models import UserTask
from tests.integration.web.photographs import photograph
from tests.integration.web.site import LARGEST_UPLOAD, Browser, Site
from workflows.drafts import draft_of
from workflows.organisations.people import actor_for


@pytest.fixture
def task(site: Site) -> UserTask:
    return site.task(site.register())


@pytest.fixture
def person(site: Site, task: UserTask) -> Browser:
    browser = site.browser("zeren")
    browser.get(f"/tasks/{task.id}")
    return browser


def save(person: Browser, task: UserTask, **typed: object) -> str:
    answer = person.post(f"/tasks/{task.id}/draft", **typed)
    assert answer.status_code == 302
    return person.get(answer.location).text


def is_kept(site: Site, task: UserTask, account: str = "zeren") -> bool:
    with site.runtime.reading() as uow:
        return draft_of(uow.session, task.id, account) is not None


def test_what_was_typed_is_there_on_the_next_visit(person: Browser, task: UserTask) -> None:
    page = save(person, task, done="短", funds="不是数", after_photos=(BytesIO(photograph()), "整改后.jpg"))
    assert "已恢复2022年11月8日 09:00的草稿。" in page
    for text in (">短</textarea>", 'value="不是数"', "整改后.jpg"):
        assert text in page


def test_a_script_is_answered_with_a_few_words(person: Browser, task: UserTask) -> None:
    token = person.hidden("csrf_token")
    said = person.client.post(
        f"/tasks/{task.id}/draft", data={"csrf_token": token, "done": "短"}, headers={"X-Quietly": "yes"}
    )
    assert (said.status_code, "草稿已于09:00保存" in said.text) == (200, True)
    assert len(said.text) < 200


def test_a_draft_is_its_persons_alone(site: Site, person: Browser, task: UserTask) -> None:
    save(person, task, done="只有我看得见")
    assert "只有我看得见" not in site.browser("anweiban").get(f"/tasks/{task.id}").text


def test_a_discarded_draft_is_gone(site: Site, person: Browser, task: UserTask) -> None:
    save(person, task, done="短")
    person.post(f"/tasks/{task.id}/draft/discard")
    assert not is_kept(site, task)


def test_a_draft_ends_with_the_completion(site: Site, person: Browser, task: UserTask) -> None:
    save(person, task, done="软管已全部更换")
    photo = (BytesIO(photograph()), "整改后.jpg")
    sent = person.complete(task.id, done="软管已全部更换，试压合格", done_on="2022-11-08", after_photos=photo)
    assert (sent.status_code, is_kept(site, task)) == (302, False)


def test_a_refused_completion_leaves_a_draft(site: Site, person: Browser, task: UserTask) -> None:
    assert person.complete(task.id, done="软管已全部更换").status_code == 422
    assert is_kept(site, task)
    assert "软管已全部更换" in person.get(f"/tasks/{task.id}").text


def test_after_a_too_large_upload_the_draft_stands_in_the_form(person: Browser, task: UserTask) -> None:
    save(person, task, done="软管已全部更换")
    refused = person.complete(task.id, done="x", after_photos=(BytesIO(b"\xff\xd8\xff" * LARGEST_UPLOAD), "x.jpg"))
    assert refused.status_code == 413
    assert "软管已全部更换</textarea>" in refused.text
    assert "上传的文件太大" in refused.text


def test_the_draft_of_a_task_that_another_ended_can_still_be_read(site: Site, person: Browser, task: UserTask) -> None:
    save(person, task, done="我写的半截")
    with site.runtime.unit_of_work() as uow:
        tasks.reassign(uow, task.id, actor_for(uow.session, "zeren"), "danwei", reason="请假")
        data = {"done": "另一人先办完了", "done_on": "2022-11-08", "after_photos": ["f" * 64 + "/x.jpg"]}
        tasks.complete(uow, task.id, actor_for(uow.session, "danwei"), data)
    page = person.page
    assert "我写的半截" in person.get(f"/tasks/{task.id}").text
    person.page = page
    late = person.complete(task.id, done="我写的半截，又写了些", done_on="2022-11-08")
    assert (late.status_code, "又写了些" in late.text) == (409, True)


def test_a_photo_that_waits_in_a_draft_is_its_persons_alone(site: Site, person: Browser, task: UserTask) -> None:
    page = save(person, task, after_photos=(BytesIO(photograph()), "整改后.jpg"))
    address = page.split('<img src="')[1].split('"')[0].replace("&amp;", "&")
    shown = person.client.get(address)
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    shown.close()
    assert site.browser("anweiban").get(address).status_code == 404


def test_one_of_several_photos_can_be_left_out(site: Site, person: Browser, task: UserTask) -> None:
    both = [(BytesIO(photograph()), "甲.jpg"), (BytesIO(photograph((1, 2, 3))), "乙.jpg")]
    page = save(person, task, after_photos=both)
    kept = [part.split('"')[0] for part in page.split('name="kept:after_photos" value="')[1:]]
    page = save(person, task, **{"kept:after_photos": kept, "dropped:after_photos": kept[0]})
    assert ("甲.jpg" in page, "乙.jpg" in page) == (False, True)
