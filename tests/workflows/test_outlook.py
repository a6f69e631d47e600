"""What is foretold of reminders is what comes: the same steps, at the same time, told to the same people."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import event, select

from engine import instances, tasks
from engine.storage.models import UserTask
from tests.workflows.beside import list_hazard
from tests.workflows.play import CONFIRM, Play
from workflows.calendar import BEIJING_TIME
from workflows.escalation.models import Escalation, Notice
from workflows.escalation.outlook import Coming, outlook
from workflows.escalation.steps import EscalationStep
from workflows.hazards.facts import hazard_of
from workflows.timekeeping import Timekeeping

Foretold = tuple[EscalationStep, datetime, frozenset[str]]


def foretold(play: Play, timekeeping: Timekeeping) -> list[Coming]:
    with play.runtime.reading() as uow:
        return outlook(uow, hazard_of(uow.session, play.number), timekeeping.calendar)


def as_facts(coming: list[Coming]) -> list[Foretold]:
    return [(it.step, it.at, frozenset(each.account for each in it.recipients)) for it in coming]


def came(play: Play) -> list[Foretold]:
    with play.runtime.reading() as uow:
        taken = uow.session.scalars(select(Escalation).order_by(Escalation.id)).all()
        return [
            (
                it.step,
                it.at,
                frozenset(uow.session.scalars(select(Notice.recipient).where(Notice.escalation_id == it.id))),
            )
            for it in taken
        ]


def pass_days(play: Play, days: int) -> None:
    for _ in range(days):
        play.pass_time(hours=9)
        play.pass_time(hours=15)


def test_every_step_that_is_foretold_comes_and_no_other(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    expected = as_facts(foretold(play, timekeeping))
    assert [step for step, _, _ in expected] == list(EscalationStep)[1:]
    pass_days(play, 12)
    until = play.clock.now()
    assert came(play) == [it for it in expected if it[1] <= until]
    assert as_facts(foretold(play, timekeeping))[0][0] is EscalationStep.LIST_FOR_SUPERVISION


def test_an_extension_moves_what_is_to_come(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    pass_days(play, 1)
    task = play.task("confirm_hazard")
    assert task.due_at is not None
    later = task.due_at + timedelta(days=7)
    with play.runtime.unit_of_work() as uow:
        tasks.reschedule(uow, task.id, later, reason="雨雪停工", by="bumen")
    coming = foretold(play, timekeeping)
    assert (coming[0].step, coming[0].at.astimezone(BEIJING_TIME).day) == (EscalationStep.REMIND_EARLY, 15)
    assert {it.task.due_at for it in coming} == {later}


def test_while_an_instance_is_suspended_nothing_is_to_come(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    with play.runtime.unit_of_work() as uow:
        instances.suspend(uow, play.instance().id, reason="雨雪停工", by="anweiban")
    assert foretold(play, timekeeping) == []


def test_what_is_to_come_ends_with_the_task(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    play.act("zeren", "confirm_hazard", **CONFIRM)
    assert {it.task.element_id for it in foretold(play, timekeeping)} == {"make_plan"}


def test_nobody_is_told_of_a_listing_that_cannot_come(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    list_hazard(play)
    steps = {(it.task.element_id, it.step) for it in foretold(play, timekeeping)}
    assert ("confirm_hazard", EscalationStep.TELL_COMMITTEE) in steps
    assert EscalationStep.LIST_FOR_SUPERVISION not in {step for _, step in steps}


def test_the_queries_do_not_grow_with_the_history(play: Play, timekeeping: Timekeeping) -> None:
    play.register()
    asked: list[str] = []
    engine = play.runtime.database.engine
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    foretold(play, timekeeping)
    first, asked[:] = len(asked), []
    play.self_check()
    with play.runtime.reading() as uow:
        assert uow.session.scalars(select(UserTask).where(UserTask.business_key == play.number)).all()
    asked.clear()
    foretold(play, timekeeping)
    assert len(asked) <= first + 6
