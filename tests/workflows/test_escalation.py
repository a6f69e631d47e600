"""Deadlines that nobody meets climb their steps: each once, in order, and never for work that is done."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, insert, select

from engine import instances, tasks
from engine.errors import OperatorFailed
from engine.operators import OperatorContext
from engine.storage.models import UserTask
from tests.workflows.play import CONFIRM, Play
from workflows.calendar import BEIJING_TIME
from workflows.escalation.auditing import Fault, audit_escalations
from workflows.escalation.models import Escalation, MissedDeadline, Notice
from workflows.escalation.steps import EscalationLevel, EscalationStep
from workflows.escalation.taking import take
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity
from workflows.listed_supervision import Supervision
from workflows.timekeeping import Timekeeping

MAJOR: dict[str, Any] = {"severity": Severity.MAJOR, "criterion": "城镇燃气经营安全重大隐患判定标准第四条"}
TO_CONFIRM = "2022-11-11T18:00"
"""When a general hazard that is registered on 8 November must be confirmed: after three working days."""


def local(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=BEIJING_TIME)


def taken(play: Play, element_id: str = "confirm_hazard") -> list[Escalation]:
    """The steps that were taken for the tasks of an element, in the order in which they were."""
    with play.runtime.reading() as uow:
        found = select(Escalation).join(UserTask, UserTask.id == Escalation.task_id)
        of_element = found.where(UserTask.business_key == play.number, UserTask.element_id == element_id)
        return list(uow.session.scalars(of_element.order_by(Escalation.id)))


def steps(play: Play, element_id: str = "confirm_hazard") -> list[str]:
    return [escalation.step.value for escalation in taken(play, element_id)]


def pass_days(play: Play, days: int) -> None:
    """Let days pass from one morning to another; due work is done when work begins and when it closes."""
    for _ in range(days):
        play.pass_time(hours=9)
        play.pass_time(hours=15)


def extend(play: Play, task: UserTask, due_at: datetime) -> None:
    with play.runtime.unit_of_work() as uow:
        tasks.reschedule(uow, task.id, due_at, reason="雨雪停工", by="bumen")


def faults(play: Play, timekeeping: Timekeeping) -> list[tuple[Fault, EscalationStep]]:
    with play.runtime.reading() as uow:
        return [(found.fault, found.step) for found in audit_escalations(uow, timekeeping)]


def test_a_deadline_that_nobody_meets_climbs_every_step_at_its_time(play: Play) -> None:
    play.register()
    pass_days(play, 20)
    assert [(it.step, it.at.astimezone(BEIJING_TIME).isoformat()[:16]) for it in taken(play)] == [
        (EscalationStep.REMIND, "2022-11-10T09:00"),
        (EscalationStep.DUE, TO_CONFIRM),
        (EscalationStep.TELL_UNIT_LEADER, "2022-11-14T09:00"),
        (EscalationStep.TELL_DEPARTMENT, "2022-11-16T09:00"),
        (EscalationStep.LIST_FOR_SUPERVISION, "2022-11-22T09:00"),
        (EscalationStep.TELL_COMMITTEE, "2022-11-25T09:00"),
    ]
    assert {it.due_at for it in taken(play)} == {local(TO_CONFIRM)}


def test_a_reminder_that_lies_before_the_task_is_left_out(play: Play) -> None:
    play.register()
    pass_days(play, 4)
    assert "remind_early" not in steps(play)


def test_a_major_hazard_climbs_faster(play: Play) -> None:
    play.register(**MAJOR)
    pass_days(play, 10)
    assert taken(play)[-1].step is EscalationStep.TELL_COMMITTEE
    assert taken(play)[-1].level is EscalationLevel.COMMITTEE
    assert taken(play)[-1].at == local("2022-11-16T09:00")


def test_each_step_is_told_to_the_outbox(play: Play) -> None:
    play.register()
    pass_days(play, 4)
    told = play.told("deadline.escalated")
    assert [(it["step"], it["level"], it["recipients"]) for it in told] == [
        ("remind", "person", ["zeren"]),
        ("due", "person", ["zeren"]),
    ]
    assert told[0]["hazard"] == play.number
    assert told[0]["due_at"] == local(TO_CONFIRM).astimezone(UTC).isoformat()


def test_taking_a_step_again_changes_nothing(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    task = play.task("confirm_hazard")
    for expected in (True, False):
        with play.runtime.unit_of_work() as uow:
            row = uow.session.get_one(UserTask, task.id)
            escalation = take(uow, row, EscalationStep.REMIND, local(TO_CONFIRM), timekeeping)
            assert (escalation is not None) is expected
    assert steps(play) == ["remind"]
    assert len(play.told("deadline.escalated")) == 1
    with play.runtime.reading() as uow:
        assert len(uow.session.scalars(select(Notice)).all()) == 1


def test_a_completed_task_escalates_no_more(play: Play) -> None:
    play.register()
    pass_days(play, 3)
    play.act("zeren", "confirm_hazard", **CONFIRM)
    pass_days(play, 20)
    assert steps(play) == ["remind"]


def test_a_task_that_has_ended_is_told_of_to_nobody(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    task = play.act("zeren", "confirm_hazard", **CONFIRM)
    with play.runtime.unit_of_work() as uow:
        row = uow.session.get_one(UserTask, task.id)
        assert take(uow, row, EscalationStep.DUE, local(TO_CONFIRM), timekeeping) is None
    assert steps(play) == []


def test_after_an_extension_only_the_new_deadline_climbs(play: Play) -> None:
    play.register()
    pass_days(play, 3)
    new = local("2022-11-25T18:00")
    extend(play, play.task("confirm_hazard"), new)
    pass_days(play, 24)
    assert [(it.step.value, it.due_at) for it in taken(play)] == [
        ("remind", local(TO_CONFIRM)),
        ("remind_early", new),
        ("remind", new),
        ("due", new),
        ("tell_unit_leader", new),
        ("tell_department", new),
    ]


def test_time_in_suspension_does_not_count(play: Play) -> None:
    play.register()
    instance = play.instance()
    pass_days(play, 3)
    with play.runtime.unit_of_work() as uow:
        instances.suspend(uow, instance.id, reason="核查移送", by="guanli")
    pass_days(play, 30)
    assert steps(play) == ["remind"]
    with play.runtime.unit_of_work() as uow:
        instances.resume(uow, instance.id, by="guanli")
    pass_days(play, 2)
    assert [(it.step.value, it.due_at) for it in taken(play)][1:] == [
        ("due", local(TO_CONFIRM) + timedelta(days=30)),
    ]


def test_after_a_month_of_downtime_each_missed_step_is_taken_once_and_in_order(play: Play) -> None:
    play.register()
    play.pass_time(days=31)
    assert steps(play) == [
        "remind",
        "due",
        "tell_unit_leader",
        "tell_department",
        "list_for_supervision",
        "tell_committee",
    ]
    play.pass_time(days=31)
    assert max(Counter((it.task_id, it.step) for it in taken(play)).values()) == 1
    assert play.incidents() == []


def test_many_deadlines_missed_at_once_all_climb(play: Play) -> None:
    play.register_many(30)
    play.pass_time(days=31)
    with play.runtime.reading() as uow:
        taken_for_all = Counter(uow.session.scalars(select(Escalation.step).join(UserTask).where(_confirming())))
    assert set(taken_for_all.values()) == {30}
    assert len(taken_for_all) == 6


def _confirming() -> Any:
    return UserTask.element_id == "confirm_hazard"


def test_a_unit_that_does_not_stir_is_proposed_for_listing_once(play: Play) -> None:
    play.register()
    pass_days(play, 20)
    assert [row.proposed_by for row in play.rows(Supervision)] == ["escalation"]
    assert "签收并确认隐患" in play.rows(Supervision)[0].reason


def test_a_department_that_delays_does_not_get_the_unit_listed(play: Play) -> None:
    play.register()
    play.self_check()
    pass_days(play, 30)
    assert "list_for_supervision" in steps(play, "verify_on_site")
    assert play.rows(Supervision) == []
    with play.runtime.reading() as uow:
        listing = Notice.step == EscalationStep.LIST_FOR_SUPERVISION
        assert uow.session.scalars(select(Notice).where(listing)).all() == []


def test_a_task_that_ends_late_is_a_missed_deadline(play: Play) -> None:
    play.register()
    pass_days(play, 4)
    play.act("zeren", "confirm_hazard", **CONFIRM)
    (missed,) = _missed(play)
    assert (missed.element_id, missed.ended_by) == ("confirm_hazard", "zeren")
    assert missed.due_at == local(TO_CONFIRM)
    assert missed.ended_at == play.clock.now()


def test_a_task_that_ends_in_time_is_none(play: Play) -> None:
    play.register()
    play.self_check()
    assert _missed(play) == []


def test_a_task_that_is_cancelled_late_was_missed_by_nobody_in_particular(play: Play) -> None:
    play.register()
    pass_days(play, 4)
    with play.runtime.unit_of_work() as uow:
        instances.cancel(uow, play.instance().id, reason="重复登记", by="guanli")
    assert [missed.ended_by for missed in _missed(play)] == [None]


def _missed(play: Play) -> list[MissedDeadline]:
    with play.runtime.reading() as uow:
        return list(uow.session.scalars(select(MissedDeadline).join(Hazard).where(Hazard.number == play.number)))


def test_an_audit_finds_nothing_wrong_with_a_life_of_delays(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    pass_days(play, 3)
    extend(play, play.task("confirm_hazard"), local("2022-11-18T18:00"))
    pass_days(play, 9)
    play.act("zeren", "confirm_hazard", **CONFIRM)
    pass_days(play, 3)
    with play.runtime.unit_of_work() as uow:
        instances.suspend(uow, play.instance().id, reason="核查移送", by="guanli")
    pass_days(play, 5)
    assert faults(play, timekeeping) == []
    with play.runtime.unit_of_work() as uow:
        instances.resume(uow, play.instance().id, by="guanli")
    pass_days(play, 15)
    assert len(steps(play, "make_plan")) > 3
    assert faults(play, timekeeping) == []


def test_an_audit_knows_that_a_task_extended_and_done_at_one_moment_was_late_before(
    play: Play, timekeeping: Timekeeping
) -> None:
    play.register()
    pass_days(play, 6)
    extend(play, play.task("confirm_hazard"), local("2022-11-25T18:00"))
    play.act("zeren", "confirm_hazard", **CONFIRM)
    assert "due" in steps(play)
    assert faults(play, timekeeping) == []


def test_an_audit_finds_a_step_that_was_not_taken(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    pass_days(play, 4)
    with play.runtime.unit_of_work() as uow:
        uow.session.execute(delete(Notice))
        uow.session.execute(delete(Escalation).where(Escalation.step == EscalationStep.DUE))
    assert faults(play, timekeeping) == [
        (Fault.MISSING, EscalationStep.DUE),
        (Fault.NOBODY_TOLD, EscalationStep.REMIND),
    ]


def test_an_audit_finds_steps_that_should_not_have_been_taken(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    pass_days(play, 3)
    task = play.act("zeren", "confirm_hazard", **CONFIRM)
    play.pass_time(days=1)
    with play.runtime.unit_of_work() as uow:
        late = _row(play, task, EscalationStep.TELL_DEPARTMENT, at=uow.now)
        other = _row(play, task, EscalationStep.REMIND_EARLY, at=uow.now - timedelta(days=2))
        uow.session.execute(insert(Escalation), [late, other])
    assert faults(play, timekeeping) == [
        (Fault.AFTER_END, EscalationStep.TELL_DEPARTMENT),
        (Fault.UNFOUNDED, EscalationStep.REMIND_EARLY),
        (Fault.NOBODY_TOLD, EscalationStep.REMIND_EARLY),
    ]


def _row(play: Play, task: UserTask, step: EscalationStep, *, at: datetime) -> dict[str, Any]:
    facts = {"hazard_id": play.hazard().id, "task_id": task.id, "due_at": local(TO_CONFIRM)}
    return {**facts, "step": step, "level": step.level, "at": at}


def test_an_audit_is_patient_with_a_sweep_that_had_not_come_yet(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    play.clock.advance_to(local("2022-11-10T09:00:03"))
    play.act("zeren", "confirm_hazard", **CONFIRM)
    assert faults(play, timekeeping) == [(Fault.MISSING, EscalationStep.REMIND)]
    with play.runtime.reading() as uow:
        assert list(audit_escalations(uow, timekeeping, patience=timedelta(seconds=5))) == []


def test_the_operator_is_refused_where_no_task_waits(play: Play) -> None:
    play.register()
    operator = play.runtime.operators.find("escalation.take_step")
    assert operator is not None
    with play.runtime.reading() as uow:
        context = OperatorContext(uow, play.instance(), "escalate")
        with pytest.raises(OperatorFailed, match="boundary of a user task"):
            operator.call(context, {"step": "due", "due_at": "2022-11-11T10:00:00+00:00"})


def test_a_step_takes_a_handful_of_statements(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    task = play.task("confirm_hazard")
    statements: list[str] = []
    with play.runtime.unit_of_work() as uow:
        row = uow.session.get_one(UserTask, task.id)
        note = lambda *facts: statements.append(facts[2])  # noqa: E731 - the listener must be removed again
        event.listen(uow.session.get_bind(), "before_cursor_execute", note)
        take(uow, row, EscalationStep.TELL_UNIT_LEADER, local(TO_CONFIRM), timekeeping)
        uow.session.flush()
        event.remove(uow.session.get_bind(), "before_cursor_execute", note)
    assert len(statements) <= 10, "\n".join(statements)
