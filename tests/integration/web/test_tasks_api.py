"""Tasks through the API: the inbox, one task with its form, and what may be done with it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from engine.storage.models import UserTask
from tests.integration.web.site import JPEG, Program, Site, body


@pytest.fixture
def task(site: Site) -> UserTask:
    return site.task(site.register())


@pytest.fixture
def program(site: Site, task: UserTask) -> Program:
    """The responsible person's program."""
    return site.program("zeren")


def upload(program: Program, content: bytes = JPEG) -> Any:
    return program.post("/files", data={"file": (BytesIO(content), "after.jpg")})


def answers(program: Program, **more: Any) -> dict[str, Any]:
    photos = [body(upload(program))["reference"]]
    return {"data": {"done": "软管已全部更换", "done_on": "2022-11-10", "after_photos": photos, **more}}


def test_the_inbox_lists_the_callers_open_tasks(program: Program, task: UserTask) -> None:
    items = body(program.get("/tasks"))["items"]
    assert [(item["id"], item["element_id"], item["status"]) for item in items] == [(task.id, "rectify", "open")]


def test_one_task_comes_with_its_form_and_its_version(program: Program, task: UserTask) -> None:
    read = program.get(f"/tasks/{task.id}")
    assert body(read)["form_schema"]["id"] == "rectification"
    assert read.headers["ETag"] == f'"{task.version}"'


def test_a_task_is_claimed_given_back_and_delegated(program: Program, task: UserTask) -> None:
    tag = program.get(f"/tasks/{task.id}").headers["ETag"]
    claimed = program.post(f"/tasks/{task.id}/claim", If_Match=tag)
    assert body(claimed)["assignee"] == "zeren"
    returned = program.post(f"/tasks/{task.id}/unclaim", If_Match=claimed.headers["ETag"])
    assert body(returned)["assignee"] is None
    delegated = program.post(f"/tasks/{task.id}/delegate", {"to": "danwei"}, If_Match=returned.headers["ETag"])
    assert (body(delegated)["assignee"], body(delegated)["owner"]) == ("danwei", "zeren")


def test_a_task_is_delegated_to_people_who_exist_only(program: Program, task: UserTask) -> None:
    tag = program.get(f"/tasks/{task.id}").headers["ETag"]
    refused = program.post(f"/tasks/{task.id}/delegate", {"to": "nobody"}, If_Match=tag)
    assert (refused.status_code, list(body(refused)["errors"])) == (422, ["to"])


def test_a_change_names_the_version_it_is_based_on(program: Program, task: UserTask) -> None:
    assert program.post(f"/tasks/{task.id}/claim").status_code == 428
    outdated = program.post(f"/tasks/{task.id}/claim", If_Match='"999"')
    assert (outdated.status_code, body(outdated)["type"]) == (412, "urn:lookback:problem:precondition-failed")


def test_a_completed_task_moves_the_process_on(site: Site, program: Program, task: UserTask) -> None:
    tag = program.get(f"/tasks/{task.id}").headers["ETag"]
    done = program.post(f"/tasks/{task.id}/complete", answers(program), If_Match=tag)
    assert (done.status_code, body(done)["status"], body(done)["completed_by"]) == (200, "completed", "zeren")
    assert [item["element_id"] for item in body(site.program("danwei").get("/tasks"))["items"]] == ["confirm_by_leader"]


def test_the_same_completion_with_its_key_is_answered_the_same(program: Program, task: UserTask) -> None:
    tag, filled_in = program.get(f"/tasks/{task.id}").headers["ETag"], answers(program)
    sent = [
        program.post(f"/tasks/{task.id}/complete", filled_in, If_Match=tag, Idempotency_Key="once") for _ in range(2)
    ]
    assert [response.status_code for response in sent] == [200, 200]
    assert body(sent[0]) == body(sent[1])


def test_a_task_that_has_ended_cannot_be_completed_again(program: Program, task: UserTask) -> None:
    tag, filled_in = program.get(f"/tasks/{task.id}").headers["ETag"], answers(program)
    program.post(f"/tasks/{task.id}/complete", filled_in, If_Match=tag)
    late = program.post(f"/tasks/{task.id}/complete", filled_in, If_Match=tag)
    assert (late.status_code, body(late)["type"]) == (409, "urn:lookback:problem:wrong-state")


def test_answers_that_do_not_fit_the_form_are_named_by_field(program: Program, task: UserTask) -> None:
    tag = program.get(f"/tasks/{task.id}").headers["ETag"]
    refused = program.post(f"/tasks/{task.id}/complete", answers(program, done="", colour="red"), If_Match=tag)
    assert (refused.status_code, set(body(refused)["errors"])) == (422, {"done", "colour"})


def test_a_file_must_be_uploaded_before_it_is_named(program: Program, task: UserTask) -> None:
    tag = program.get(f"/tasks/{task.id}").headers["ETag"]
    invented = answers(program, after_photos=["f" * 64 + "/after.jpg"])
    refused = program.post(f"/tasks/{task.id}/complete", invented, If_Match=tag)
    assert (refused.status_code, list(body(refused)["errors"])) == (422, ["after_photos"])
    assert upload(program, b"no photo").status_code == 422


def test_a_stranger_neither_reads_nor_claims_a_task(site: Site, task: UserTask) -> None:
    stranger = site.program(site.stranger())
    assert stranger.get(f"/tasks/{task.id}").status_code == 403
    refused = stranger.post(f"/tasks/{task.id}/claim", If_Match=f'"{task.version}"')
    assert (refused.status_code, refused.mimetype) == (403, "application/problem+json")
