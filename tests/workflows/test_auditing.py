"""An audit proves from the records how deadlines were escalated: it accepts what was, and finds what is planted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine import tasks
from tests.workflows.late import Late, local
from tests.workflows.play import CONFIRM, Play
from workflows.escalation.auditing import Fault
from workflows.escalation.models import Acknowledgement, Digest, Escalation, Notice
from workflows.escalation.steps import EscalationStep
from workflows.hazards.words import Severity
from workflows.timekeeping import Timekeeping

AT_NIGHT = local("2022-11-14T23:30")
ON_SUNDAY = local("2022-11-13T09:00")


@pytest.fixture
def late(play: Play, timekeeping: Timekeeping) -> Late:
    """A general hazard whose unit does not stir for a week, the responsible person on leave for a part of it."""
    play.register()
    late = Late(play, timekeeping)
    late.on_leave("zeren", "danwei", date(2022, 11, 10), date(2022, 11, 11))
    late.pass_days(7)
    return late


def change(late: Late, statement: Any) -> None:
    with late.runtime.unit_of_work() as uow:
        uow.session.execute(statement)


def deliver(late: Late, step: EscalationStep, at: datetime, account: str = "zeren") -> None:
    """Pretend that a person was told of a step at some moment."""
    which = (Notice.step == step, Notice.recipient == account)
    change(late, update(Notice).where(*which).values(delivered_at=at))


def row(late: Late, step: EscalationStep) -> Escalation:
    with late.runtime.reading() as uow:
        return uow.session.scalars(select(Escalation).where(Escalation.step == step)).one()


def test_what_happened_is_accepted(late: Late) -> None:
    assert [account for account, _ in late.told()] == ["danwei", "zeren", "danwei", "zeren", "zeren", "danwei"]
    assert late.faults() == []


def test_a_missing_step_is_found(late: Late) -> None:
    change(late, delete(Notice).where(Notice.step == EscalationStep.DUE))
    change(late, delete(Escalation).where(Escalation.step == EscalationStep.DUE))
    assert late.faults() == [Fault.MISSING]


def test_no_step_has_two_rows_and_nobody_two_notices_of_one_nor_two_digests_of_a_day(late: Late) -> None:
    for table in (Escalation, Notice, Digest):
        with late.runtime.reading() as uow:
            found = uow.session.scalars(select(table).limit(1)).one()
            again = {it.key: getattr(found, it.key) for it in table.__table__.columns if it.key != "id"}
        with pytest.raises(IntegrityError):
            change(late, insert(table).values(again))


def test_a_step_after_the_end_is_found(late: Late) -> None:
    late.play.act("zeren", "confirm_hazard", **CONFIRM)
    taken = row(late, EscalationStep.DUE)
    facts = {"hazard_id": taken.hazard_id, "task_id": taken.task_id, "due_at": taken.due_at}
    step = EscalationStep.TELL_DEPARTMENT
    at = late.play.clock.now() + timedelta(hours=1)
    change(late, insert(Escalation).values(**facts, step=step, level=step.level, at=at))
    assert late.faults() == [Fault.AFTER_END]


def test_somebody_told_at_night_is_found(late: Late) -> None:
    deliver(late, EscalationStep.TELL_UNIT_LEADER, AT_NIGHT)
    assert late.faults() == [Fault.QUIET_HOURS]


def test_a_digest_on_a_day_off_is_found(late: Late) -> None:
    deliver(late, EscalationStep.TELL_UNIT_LEADER, ON_SUNDAY, "danwei")
    assert late.faults() == [Fault.QUIET_HOURS]


def test_what_is_urgent_may_come_at_night(play: Play, timekeeping: Timekeeping) -> None:
    play.register(severity=Severity.MAJOR, criterion="城镇燃气经营安全重大隐患判定标准第四条")
    late = Late(play, timekeeping)
    late.pass_days(6)
    deliver(late, EscalationStep.TELL_UNIT_LEADER, local("2022-11-11T23:30"))
    assert late.faults() == []
    deliver(late, EscalationStep.DUE, local("2022-11-11T23:30"))
    assert late.faults() == [Fault.QUIET_HOURS], "before the deadline has passed nothing is urgent"


def test_somebody_told_after_the_end_is_found(late: Late) -> None:
    late.play.act("zeren", "confirm_hazard", **CONFIRM)
    deliver(late, EscalationStep.TELL_UNIT_LEADER, late.play.clock.now() + timedelta(hours=9))
    assert late.faults() == [Fault.TOLD_TOO_LATE]


def test_somebody_told_of_a_deadline_that_was_extended_is_found(late: Late) -> None:
    with late.runtime.unit_of_work() as uow:
        task = late.play.task("confirm_hazard")
        tasks.reschedule(uow, task.id, local("2022-11-25T18:00"), reason="雨雪", by="bumen")
    assert late.faults() == []
    deliver(late, EscalationStep.TELL_UNIT_LEADER, late.play.clock.now() + timedelta(hours=9))
    assert late.faults() == [Fault.TOLD_TOO_LATE]


def test_a_step_of_a_deadline_that_was_extended_is_found(late: Late) -> None:
    with late.runtime.unit_of_work() as uow:
        task = late.play.task("confirm_hazard")
        tasks.reschedule(uow, task.id, local("2022-12-15T18:00"), reason="雨雪", by="bumen")
    late.pass_days(2)
    taken = row(late, EscalationStep.DUE)
    step = EscalationStep.TELL_DEPARTMENT
    facts = {"hazard_id": taken.hazard_id, "task_id": taken.task_id, "due_at": taken.due_at}
    change(late, insert(Escalation).values(**facts, step=step, level=step.level, at=local("2022-11-16T09:00")))
    assert Fault.UNFOUNDED in late.faults()


def test_a_deputy_who_was_not_told_is_found(late: Late) -> None:
    change(late, delete(Notice).where(Notice.step == EscalationStep.DUE, Notice.recipient == "danwei"))
    assert late.faults() == [Fault.DEPUTY_NOT_TOLD]


def test_a_step_of_which_nobody_heard_is_found(late: Late) -> None:
    change(late, delete(Notice).where(Notice.step == EscalationStep.DUE))
    assert late.faults() == [Fault.NOBODY_TOLD]


def test_a_step_that_was_taken_although_somebody_took_care_is_found(late: Late) -> None:
    late.acknowledge("danwei")
    late.pass_days(3)
    assert late.faults() == []
    change(late, update(Escalation).values(stopped_by_id=None))
    assert Fault.DESPITE_ACKNOWLEDGEMENT in late.faults()


def test_a_step_that_was_stopped_for_no_reason_is_found(late: Late) -> None:
    by_who_is_late = late.acknowledge("zeren")
    late.pass_days(3)
    change(late, delete(Notice).where(Notice.step == EscalationStep.TELL_DEPARTMENT))
    stopped = update(Escalation).where(Escalation.step == EscalationStep.TELL_DEPARTMENT)
    change(late, stopped.values(stopped_by_id=by_who_is_late.id))
    assert late.faults() == [Fault.STOPPED_WITHOUT_REASON]


def test_somebody_who_was_told_of_a_stopped_step_is_found(late: Late) -> None:
    late.acknowledge("danwei")
    late.pass_days(3)
    taken, told = row(late, EscalationStep.TELL_DEPARTMENT), late.notice_of("danwei")
    again = {it.key: getattr(told, it.key) for it in Notice.__table__.columns if it.key != "id"}
    change(late, insert(Notice).values({**again, "escalation_id": taken.id, "recipient": "bumen"}))
    assert late.faults() == [Fault.TOLD_THOUGH_STOPPED]


def test_an_acknowledgement_by_somebody_who_was_not_told_is_found(late: Late) -> None:
    late.acknowledge("danwei")
    change(late, update(Acknowledgement).values(by="bumen"))
    assert late.faults() == [Fault.ACKNOWLEDGED_UNTOLD]
