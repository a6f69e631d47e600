"""What would follow is told before anything is sent, and nothing of it happens until it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.errors import ConcurrentChange, InvalidForm
from engine.storage.base import Base
from engine.storage.models import UserTask
from tests.workflows.play import (
    AGREE,
    APPROVE,
    CARRIED_OVER,
    CONFIRM,
    EXPERT,
    MAJOR,
    MAJOR_PLAN,
    PASS,
    PLAN,
    PROOF,
    RECTIFICATION,
    Play,
)
from tests.workflows.rounds import Rounds
from workflows.errors import InvalidRecord
from workflows.hazards.words import Stage
from workflows.next_steps import NextSteps, next_steps
from workflows.organisations.models import OrganisationKind
from workflows.organisations.people import actor_for

RETURN: dict[str, Any] = {"decision": "return", "opinion": "照片不清"}
SENT_BACK: dict[str, Any] = {"result": "return", "opinion": "未装报警器", "photos": ["p"]}
FALSE: dict[str, Any] = {"result": "return", "verdict": "false_rectification", "opinion": "没有整改", "photos": ["p"]}
GENUINE: dict[str, Any] = {"verdict": "genuine", "companions": "张三", "opinion": "与台账一致", "photos": ["p"]}

Way = Callable[[Play], None]


def ahead(play: Play, account: str, element_id: str, answers: dict[str, Any]) -> NextSteps:
    with play.runtime.reading() as uow:
        actor = actor_for(uow.session, account)
    task = play.task(element_id)
    return next_steps(play.runtime, task.id, actor, answers, number=play.number, expected_version=task.version)


def rows(play: Play) -> dict[str, int]:
    """How many rows each table has."""
    with play.runtime.reading() as uow:
        counts = {name: select(func.count()).select_from(table) for name, table in Base.metadata.tables.items()}
        return {name: uow.session.scalar(count) or 0 for name, count in counts.items()}


def registered(play: Play) -> None:
    play.register()


def confirmed(play: Play) -> None:
    play.register()
    play.act("zeren", "confirm_hazard", **CONFIRM)


def major(play: Play) -> None:
    play.register(**MAJOR)
    play.act("zeren", "confirm_hazard", **CONFIRM)


def planned(play: Play) -> None:
    confirmed(play)
    play.act("zeren", "make_plan", **PLAN)


def rectified(play: Play) -> None:
    planned(play)
    play.act("zeren", "rectify", **RECTIFICATION)


def inspected(play: Play) -> None:
    play.register()
    play.self_check()


def visited(play: Play) -> None:
    inspected(play)
    play.act("jiancha1", "verify_on_site", **PASS)


def sent_back(play: Play) -> None:
    inspected(play)
    play.act("jiancha1", "verify_on_site", **SENT_BACK)


def found_false(play: Play) -> None:
    play.register(**CARRIED_OVER)
    play.act("zeren", "confirm_hazard", state="rectified", **PROOF)
    play.act("danwei", "confirm_by_leader", **AGREE)
    play.act("jiancha1", "verify_on_site", **FALSE)


def at_closure(play: Play) -> None:
    play.register()
    play.reach_closure()


STEPS: list[tuple[Way, str, str, dict[str, Any]]] = [
    (registered, "zeren", "confirm_hazard", CONFIRM),
    (registered, "zeren", "confirm_hazard", {"state": "fixed_on_the_spot", **PROOF}),
    (confirmed, "zeren", "make_plan", PLAN),
    (major, "zeren", "make_major_plan", MAJOR_PLAN),
    (planned, "zeren", "rectify", RECTIFICATION),
    (rectified, "danwei", "confirm_by_leader", AGREE),
    (rectified, "danwei", "confirm_by_leader", RETURN),
    (inspected, "jiancha1", "verify_on_site", PASS),
    (inspected, "jiancha1", "verify_on_site", SENT_BACK),
    (visited, "jiancha2", "countersign", AGREE),
    (visited, "jiancha2", "countersign", {"decision": "disagree", "opinion": "重新看"}),
    (sent_back, "jiancha2", "countersign", AGREE),
    (found_false, "jiancha2", "countersign", AGREE),
    (at_closure, "xiaohao", "approve_closure", APPROVE),
    (at_closure, "xiaohao", "approve_closure", RETURN),
]


@pytest.mark.parametrize(
    ("way", "account", "element_id", "answers"),
    STEPS,
    ids=[f"{it[2]}-{it[0].__name__}-{i}" for i, it in enumerate(STEPS)],
)
def test_what_is_foretold_is_what_follows(
    play: Play, way: Way, account: str, element_id: str, answers: dict[str, Any]
) -> None:
    way(play)
    known = {task.id for task in play.open_tasks()}
    told = ahead(play, account, element_id, answers)
    play.act(account, element_id, **answers)
    followed = [task for task in play.open_tasks() if task.id not in known]
    assert [(step.task, step.due_at) for step in told.steps] == [(task.name, task.due_at) for task in followed]
    assert told.stage is play.hazard().stage
    assert all(step.receivers and all(each.organisation for each in step.receivers) for step in told.steps)


def test_the_spot_checks_tasks_are_foretold_too(play: Play) -> None:
    play.register()
    play.self_check()
    play.pass_inspection()
    rounds = Rounds(play)
    [drawn] = rounds.hold(1)
    assert drawn.expert is not None
    told = ahead(play, drawn.expert, "expert_opinion_spot", EXPERT)
    assert [step.task for step in told.steps] == ["抽查组现场核查"]
    play.act(drawn.expert, "expert_opinion_spot", **EXPERT)
    leader = rounds.leader(drawn)
    told = ahead(play, leader, "team_inspection", GENUINE)
    play.act(leader, "team_inspection", **GENUINE)
    assert [step.task for step in told.steps] == [task.name for task in play.open_tasks()]


def test_nothing_remains_of_a_look_ahead(play: Play) -> None:
    visited(play)
    before, version = rows(play), play.task("countersign").version
    told = ahead(play, "jiancha2", "countersign", AGREE)
    assert told.stage is Stage.SPOT_CHECK
    assert (rows(play), play.task("countersign").version) == (before, version)
    assert play.hazard().stage is Stage.SPECIAL_INSPECTION
    play.act("jiancha2", "countersign", **AGREE)
    assert play.hazard().documents[-1].endswith("复查〔2022〕1号")


def test_who_gets_it_is_told_by_the_name_of_the_place(play: Play) -> None:
    rectified(play)
    [step] = ahead(play, "danwei", "confirm_by_leader", AGREE).steps
    department = play.organisation(OrganisationKind.DEPARTMENT).name
    assert department in [each.organisation for each in step.receivers]


def test_what_cannot_be_sent_is_refused_as_it_would_be(play: Play) -> None:
    planned(play)
    with pytest.raises(InvalidForm):
        ahead(play, "zeren", "rectify", {})
    with pytest.raises(InvalidRecord):
        ahead(play, "zeren", "rectify", {**RECTIFICATION, "done_on": date(2030, 1, 1).isoformat()})


def test_a_look_ahead_does_not_wait_for_whoever_holds_the_task(play: Play) -> None:
    planned(play)
    with play.runtime.unit_of_work() as uow:
        uow.session.get_one(UserTask, play.task("rectify").id, with_for_update=True)
        with pytest.raises(ConcurrentChange):
            ahead(play, "zeren", "rectify", RECTIFICATION)


def test_a_return_needs_a_reason(play: Play) -> None:
    rectified(play)
    with pytest.raises(InvalidForm) as refused:
        play.act("danwei", "confirm_by_leader", decision="return")
    assert set(refused.value.errors) == {"opinion"}
