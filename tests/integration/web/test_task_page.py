"""The page of one task: its form, the hazard's path, and what happens when something is wrong."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from engine import tasks
from engine.storage.models import TaskStatus, UserTask
from tests.integration.web.site import JPEG, LARGEST_UPLOAD, Browser, Site
from workflows.organisations.people import actor_for


def photo(name: str = "after.jpg", content: bytes = JPEG) -> tuple[BytesIO, str]:
    return BytesIO(content), name


def answers(**more: Any) -> dict[str, Any]:
    return {"done": "软管已全部更换，试压合格", "done_on": "2022-11-10", "after_photos": photo(), **more}


@pytest.fixture
def task(site: Site) -> UserTask:
    return site.task(site.register())


@pytest.fixture
def person(site: Site, task: UserTask) -> Browser:
    """The responsible person, looking at the task."""
    browser = site.browser("zeren")
    browser.get(f"/tasks/{task.id}")
    return browser


def test_the_page_shows_the_hazard_its_form_and_its_path(person: Browser) -> None:
    for text in ("后厨燃气软管老化开裂", "城镇燃气", "整改后照片", "“自查整改”内部", 'class="node task current"'):
        assert text in person.page


def test_a_completed_form_moves_the_hazard_on(site: Site, person: Browser, task: UserTask) -> None:
    done = person.complete(task.id, **answers(funds="1.5"))
    assert (done.status_code, done.location) == (302, f"/inbox/back?finished={task.id}")
    assert "下一步：负责人确认" in person.get("/inbox").text
    with site.runtime.reading() as uow:
        finished = uow.session.get_one(UserTask, task.id)
    assert finished.status is TaskStatus.COMPLETED
    assert finished.outcome is not None
    assert (finished.outcome["funds"], finished.outcome["before_photos"]) == (1.5, [])


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(person: Browser, task: UserTask) -> None:
    refused = person.complete(task.id, **answers(done="短", done_on="", funds="-1"))
    assert refused.status_code == 422
    for text in (
        'id="error-done"',
        "至少填写5个字。",
        'id="error-done_on"',
        "不得小于0。",
        ">短</textarea>",
        "after.jpg",
    ):
        assert text in refused.text


def test_a_file_sent_with_a_refused_form_need_not_be_sent_again(person: Browser, task: UserTask) -> None:
    person.complete(task.id, **answers(done="短"))
    kept = {"kept:after_photos": person.hidden("kept:after_photos")}
    sent_again = {key: value for key, value in answers().items() if key != "after_photos"}
    assert person.complete(task.id, **sent_again, **kept).status_code == 302


def test_a_file_that_is_no_photo_or_document_is_refused(person: Browser, task: UserTask) -> None:
    refused = person.complete(task.id, **answers(after_photos=photo("photo.jpg", b"<script>alert(1)</script>")))
    assert refused.status_code == 422
    assert 'id="error-after_photos"' in refused.text


def test_an_upload_beyond_the_limit_is_answered_with_413(person: Browser, task: UserTask) -> None:
    refused = person.complete(task.id, **answers(after_photos=photo(content=JPEG + b"\0" * LARGEST_UPLOAD)))
    assert refused.status_code == 413
    assert "上传的文件太大" in refused.text


def test_whoever_comes_second_is_told_who_was_first_and_keeps_what_was_typed(
    site: Site, person: Browser, task: UserTask
) -> None:
    with site.runtime.unit_of_work() as uow:
        data = {"done": "另一人先办完了", "done_on": "2022-11-09", "after_photos": ["f" * 64 + "/x.jpg"]}
        tasks.complete(uow, task.id, actor_for(uow.session, "zeren"), data)
    late = person.complete(task.id, **answers())
    assert late.status_code == 409
    assert "先一步完成了这项任务" in late.text
    assert "软管已全部更换，试压合格" in late.text


def test_a_task_that_changed_meanwhile_asks_to_send_again(site: Site, person: Browser, task: UserTask) -> None:
    with site.runtime.unit_of_work() as uow:
        tasks.claim(uow, task.id, actor_for(uow.session, "zeren"))
    assert person.complete(task.id, **answers()).status_code == 409
    assert person.complete(task.id, **answers()).status_code == 302


def test_the_same_page_sent_twice_is_done_once(person: Browser, task: UserTask) -> None:
    page = person.page
    first = person.complete(task.id, **answers())
    person.page = page
    assert (first.status_code, person.complete(task.id, **answers()).status_code) == (302, 302)


def test_a_person_of_another_county_sees_neither_the_task_nor_its_files(site: Site, task: UserTask) -> None:
    stranger = site.browser(site.stranger())
    assert stranger.get(f"/tasks/{task.id}").status_code == 403
    assert stranger.get(f"/tasks/{task.id}/files/{'f' * 64}/x.jpg").status_code == 403


def test_the_countys_office_may_look_but_not_act(site: Site, task: UserTask) -> None:
    office = site.browser("anweiban")
    assert "您可以查看" in office.get(f"/tasks/{task.id}").text
    assert office.post(f"/tasks/{task.id}/claim").status_code == 403


def test_a_task_that_does_not_exist_is_not_found(site: Site) -> None:
    missing = site.browser("zeren").get("/tasks/999999")
    assert missing.status_code == 404
    assert "没有找到" in missing.text


def test_a_handed_in_photo_can_be_seen_in_a_sandbox(site: Site, person: Browser, task: UserTask) -> None:
    person.complete(task.id, **answers())
    shown = person.get(f"/tasks/{task.id}").text
    address = shown.split(f'href="/tasks/{task.id}/files/')[1].split('"')[0]
    photo = person.get(f"/tasks/{task.id}/files/{address}")
    assert (photo.status_code, photo.mimetype, photo.data) == (200, "image/jpeg", JPEG)
    assert "sandbox" in photo.headers["Content-Security-Policy"]
    assert photo.headers["X-Content-Type-Options"] == "nosniff"
    assert photo.headers["Content-Disposition"].startswith("inline")
    photo.close()
