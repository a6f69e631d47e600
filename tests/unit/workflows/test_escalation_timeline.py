"""Which steps a deadline must have seen, whatever moved it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from workflows.escalation.steps import EscalationStep
from workflows.escalation.timeline import Extension, Move, Rung, Standstill, climbed

DAYS = {EscalationStep.REMIND: -1, EscalationStep.DUE: 0, EscalationStep.TELL_UNIT_LEADER: 1}


def day(number: float) -> datetime:
    return datetime(2022, 11, 1, tzinfo=UTC) + timedelta(days=number)


def ladder(due_at: datetime, after: datetime) -> list[Rung]:
    rungs = [Rung(due_at + timedelta(days=days), step, due_at) for step, days in DAYS.items()]
    return [rung for rung in rungs if rung.at > after]


def seen(due: float, until: float, *moves: Move) -> list[tuple[str, datetime]]:
    rungs = climbed(ladder, begun_at=day(0), due_at=day(due), moves=moves, until=day(until))
    return [(rung.step.value, rung.due_at) for rung in rungs]


def test_only_the_steps_until_now_are_asked_for() -> None:
    assert seen(10, 10) == [("remind", day(10)), ("due", day(10))]


def test_a_step_that_lies_before_the_task_is_not_asked_for() -> None:
    assert seen(1, 9) == [("due", day(1)), ("tell_unit_leader", day(1))]


def test_after_an_extension_the_steps_are_counted_anew() -> None:
    extended = Extension(day(9.5), before=day(10), after=day(20))
    assert seen(20, 19) == [("remind", day(20))]
    assert seen(20, 19, extended) == [("remind", day(10)), ("remind", day(20))]


def test_time_at_a_standstill_does_not_count() -> None:
    paused = Standstill(day(9.5), timedelta(days=30))
    assert seen(40, 39.9, paused) == [("remind", day(10))]
    assert seen(40, 40, paused) == [("remind", day(10)), ("due", day(40))]


def test_nothing_is_asked_for_while_an_instance_stands_still() -> None:
    assert seen(10, 99, Standstill(day(9.5), None)) == [("remind", day(10))]


def test_an_extension_after_a_standstill_is_undone_in_its_order() -> None:
    moves = Standstill(day(2), timedelta(days=5)), Extension(day(14.5), before=day(15), after=day(30))
    assert seen(30, 31, *moves) == [
        ("remind", day(15)),
        ("remind", day(30)),
        ("due", day(30)),
        ("tell_unit_leader", day(30)),
    ]
