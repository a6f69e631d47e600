"""Closure: an approval at the right level by somebody who took no part before, and the end of a hazard's row."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from engine.errors import InvalidForm, NotPermitted
from engine.storage.models import InstanceStatus
from tests.workflows.play import APPROVE, CONFIRM, EXPERT, MAJOR, MAJOR_PLAN, Play
from workflows.errors import InvalidRecord, Refused, WrongStage
from workflows.hazards.closing import close, void
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Evidence, StageChange, Verification
from workflows.hazards.words import EvidenceKind, Stage
from workflows.numbers import IssuedNumber
from workflows.organisations.models import RoleAssignment
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import Role


@pytest.fixture
def checked(play: Play) -> Play:
    """A general hazard whose closure waits for approval."""
    play.register()
    play.reach_closure()
    return play


@pytest.fixture
def closed(checked: Play) -> Play:
    checked.act("xiaohao", "approve_closure", **APPROVE)
    return checked


def test_the_countys_closer_closes_a_general_hazard(closed: Play) -> None:
    hazard = closed.hazard()
    assert (hazard.stage, hazard.closed_by, hazard.closed_at) == (Stage.CLOSED, "xiaohao", closed.clock.now())
    assert closed.told("hazard.closed") == [{"hazard": hazard.number, "by": "xiaohao"}]
    assert closed.rows(StageChange)[-1].by == "xiaohao"
    assert closed.status() is InstanceStatus.COMPLETED


def test_a_major_hazard_is_closed_by_the_city(play: Play) -> None:
    play.register(**MAJOR)
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_major_plan", **MAJOR_PLAN)
    play.rectify()
    play.act("zhuanjia", "expert_opinion", **EXPERT)
    play.pass_inspection()
    play.miss_the_draw()
    with pytest.raises(NotPermitted):
        play.act("xiaohao", "approve_closure", **APPROVE)
    play.act("shixiaohao", "approve_closure", **APPROVE)
    assert play.hazard().stage is Stage.CLOSED


def test_a_listed_hazard_is_closed_at_the_level_that_listed_it(play: Play) -> None:
    play.register()
    play.self_check()
    play.pass_inspection()
    with play.runtime.unit_of_work() as uow:
        hazard_of(uow.session, play.number).listed = True
    play.miss_the_draw()
    with pytest.raises(NotPermitted):
        play.act("shixiaohao", "approve_closure", **APPROVE)
    play.act("xiaohao", "approve_closure", **APPROVE)


@pytest.mark.parametrize("account", ["zeren", "danwei", "jiancha1", "jiancha2"])
def test_neither_who_rectified_nor_who_rechecked_closes(checked: Play, account: str) -> None:
    with checked.runtime.unit_of_work() as uow:
        person = person_by_account(uow.session, account)
        assert person is not None
        uow.session.add(
            RoleAssignment(person_id=person.id, role=Role.CLOSER, organisation_id=checked.hazard().committee_id)
        )
    with pytest.raises(NotPermitted, match="earlier step"):
        checked.act(account, "approve_closure", **APPROVE)


def test_the_closer_returns_with_a_reason_and_it_counts(checked: Play) -> None:
    with pytest.raises(InvalidForm, match="opinion"):
        checked.act("xiaohao", "approve_closure", decision="return")
    checked.act("xiaohao", "approve_closure", decision="return", opinion="缺少验收意见")
    hazard = checked.hazard()
    assert (hazard.stage, hazard.returns, hazard.rectified_at) == (Stage.SELF_CHECK, 1, None)
    assert checked.rows(StageChange)[-1].reason == "缺少验收意见"
    assert checked.waits_at() == ["rectify"]


def test_nothing_is_closed_without_a_photo_of_the_rectified_state(checked: Play) -> None:
    with checked.runtime.unit_of_work() as uow:
        uow.session.execute(delete(Evidence).where(Evidence.kind == EvidenceKind.AFTER))
    with pytest.raises(InvalidRecord, match="photo"):
        checked.act("xiaohao", "approve_closure", **APPROVE)
    assert checked.waits_at() == ["approve_closure"]
    assert checked.hazard().stage is Stage.CLOSURE


def test_nothing_is_closed_without_a_passed_recheck(checked: Play) -> None:
    with checked.runtime.unit_of_work() as uow:
        uow.session.execute(delete(Verification))
    with pytest.raises(InvalidRecord, match="re-check"):
        checked.act("xiaohao", "approve_closure", **APPROVE)


def test_nothing_is_closed_outside_closure(play: Play) -> None:
    play.register()
    play.self_check()
    play.pass_inspection()
    with play.runtime.unit_of_work() as uow, pytest.raises(WrongStage):
        close(uow, hazard_of(uow.session, play.number), opinion="", by="xiaohao")


@pytest.mark.parametrize(("name", "value"), [("title", "改名"), ("due_at", None), ("stage", Stage.SELF_CHECK)])
def test_a_closed_row_stays_as_it_is(closed: Play, name: str, value: object) -> None:
    with closed.runtime.unit_of_work() as uow:
        setattr(hazard_of(uow.session, closed.number), name, value)
        with pytest.raises(Refused, match="closed"):
            uow.session.flush()
        uow.session.expunge_all()


def test_what_other_processes_note_is_still_written_on_a_closed_row(closed: Play) -> None:
    with closed.runtime.unit_of_work() as uow:
        hazard_of(uow.session, closed.number).exposed = True
    assert closed.hazard().exposed


def test_no_row_is_deleted(checked: Play) -> None:
    with checked.runtime.unit_of_work() as uow:
        uow.session.delete(hazard_of(uow.session, checked.number))
        with pytest.raises(Refused):
            uow.session.flush()
        uow.session.expunge_all()


def test_a_voided_hazard_keeps_row_and_number_and_nobody_works_on_it(play: Play) -> None:
    play.register()
    with play.runtime.unit_of_work() as uow:
        void(uow, hazard_of(uow.session, play.number), reason="重复登记", by="anweiban")
    assert play.hazard().stage is Stage.VOIDED
    assert play.waits_at() == []
    assert play.status() is InstanceStatus.CANCELLED
    with play.runtime.reading() as uow:
        assert uow.session.get_one(IssuedNumber, play.number).void_reason == "重复登记"
    assert play.told("hazard.voided")[0]["reason"] == "重复登记"


def test_voiding_needs_a_reason(play: Play) -> None:
    play.register()
    with play.runtime.unit_of_work() as uow, pytest.raises(Refused, match="reason"):
        void(uow, hazard_of(uow.session, play.number), reason=" ", by="anweiban")


def test_a_closed_hazard_is_not_voided(closed: Play) -> None:
    with closed.runtime.unit_of_work() as uow, pytest.raises(WrongStage):
        void(uow, hazard_of(uow.session, closed.number), reason="重复登记", by="anweiban")
