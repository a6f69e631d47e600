"""What was typed waits for its person, and a form begins with what is known already."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from engine.errors import WrongState
from tests.workflows.play import AGREE, CONFIRM, PASS, PLAN, RECTIFICATION, Play
from workflows.drafts import discard_draft, draft_of, first_answers, forgetting_drafts, save_draft
from workflows.errors import Refused

TYPED = {"done": "软管", "funds_spent": "不是数"}


@pytest.fixture
def planned(play: Play) -> Play:
    play.register(requirements="达到规范要求")
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_plan", **PLAN)
    return play


def save(play: Play, task_id: int, answers: dict[str, Any], account: str = "zeren") -> None:
    with play.runtime.unit_of_work() as uow:
        save_draft(uow, task_id, account, answers)


def typed(play: Play, task_id: int, account: str = "zeren") -> dict[str, Any] | None:
    with play.runtime.reading() as uow:
        draft = draft_of(uow.session, task_id, account)
        return draft.answers if draft else None


def first(play: Play, element_id: str) -> dict[str, Any]:
    with play.runtime.reading() as uow:
        return dict(first_answers(uow.session, play.task(element_id)))


def test_a_draft_is_kept_as_it_was_typed_for_each_person(planned: Play) -> None:
    task = planned.task("rectify").id
    save(planned, task, TYPED)
    save(planned, task, {"done": "别人的"}, "danwei")
    save(planned, task, {**TYPED, "done": "软管已换"})
    assert typed(planned, task) == {**TYPED, "done": "软管已换"}
    assert typed(planned, task, "danwei") == {"done": "别人的"}


def test_a_discarded_draft_is_gone(planned: Play) -> None:
    task = planned.task("rectify").id
    save(planned, task, TYPED)
    with planned.runtime.unit_of_work() as uow:
        discard_draft(uow, task, "zeren")
    assert typed(planned, task) is None


def test_nothing_is_saved_for_a_task_that_has_ended(planned: Play) -> None:
    task = planned.act("zeren", "rectify", **RECTIFICATION)
    with pytest.raises(WrongState):
        save(planned, task.id, TYPED)


def test_a_draft_without_measure_is_refused(planned: Play) -> None:
    with pytest.raises(Refused):
        save(planned, planned.task("rectify").id, {"done": "长" * 200_000})


def test_a_draft_that_nobody_came_back_to_is_forgotten(planned: Play) -> None:
    task = planned.task("rectify").id
    save(planned, task, TYPED)
    forgetting_drafts(planned.runtime).run(Event())
    assert typed(planned, task) == TYPED
    planned.clock.advance(timedelta(days=91))
    forgetting_drafts(planned.runtime).run(Event())
    assert typed(planned, task) is None


def test_a_plan_begins_with_what_the_ledger_says(play: Play) -> None:
    play.register(requirements="达到规范要求", responsible_name="王建国")
    play.act("zeren", "confirm_hazard", **CONFIRM)
    known = first(play, "make_plan")
    assert (known["requirements"], known["responsible_name"]) == ("达到规范要求", "王建国")


def test_a_second_rectification_begins_with_the_photos_from_before(planned: Play) -> None:
    assert first(planned, "rectify") == {}
    planned.act("zeren", "rectify", **RECTIFICATION, funds_spent=1.5)
    planned.act("danwei", "confirm_by_leader", **AGREE)
    planned.act("jiancha1", "verify_on_site", **{**PASS, "result": "return"})
    planned.act("jiancha2", "countersign", **AGREE)
    assert first(planned, "rectify") == {"funds_spent": 1.5, "before_photos": ["photo-before"]}
    assert "done_on" not in first(planned, "rectify")


def test_no_other_form_is_filled_in_for_anybody(planned: Play) -> None:
    planned.act("zeren", "rectify", **RECTIFICATION)
    assert first(planned, "confirm_by_leader") == {}
