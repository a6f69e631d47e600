"""Corrections of the calendar: on record, in force on every node soon, and never over what is past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from engine.runtime import Runtime
from engine.storage.database import Database
from workflows.audit.searching import Question, search
from workflows.calendar import DurationUnit, WorkingCalendar
from workflows.calendars.correcting import Correction, clear, correct, cover_year
from workflows.calendars.in_force import FRESH_FOR, Corrections, CorrectionsInForce
from workflows.calendars.years import DayKind, corrections_of, months_of
from workflows.errors import CalendarNotCovered, InvalidRecord, Refused

TODAY, MONDAY = date(2022, 11, 8), date(2022, 12, 5)
NOTICE = "豫政办〔2022〕1号"


@dataclass
class Tick:
    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def tick() -> Tick:
    return Tick()


@pytest.fixture
def node(database: Database, tick: Tick) -> CorrectionsInForce:
    """A node that has worked with its calendar for a while."""
    settled = Corrections({date(2022, 12, 6): False}, frozenset({2090}))
    return CorrectionsInForce(database, settled, tick=tick)


def _calendar(node: CorrectionsInForce) -> WorkingCalendar:
    return WorkingCalendar(overrides=node.days, covered_years=node.years)


def _off(first: date | None, last: date | None = None, *, is_working: bool = False) -> Correction:
    return Correction(first, last, is_working, "停工检修", NOTICE)


def _correct(runtime: Runtime, correction: Correction) -> None:
    with runtime.unit_of_work() as uow:
        correct(uow, correction, by="guanli", today=TODAY)


def test_a_correction_reaches_another_node_within_its_patience(
    runtime: Runtime, node: CorrectionsInForce, tick: Tick
) -> None:
    calendar = _calendar(node)
    assert calendar.is_working_day(MONDAY)
    _correct(runtime, _off(MONDAY))
    assert calendar.is_working_day(MONDAY)
    tick.seconds += FRESH_FOR
    assert not calendar.is_working_day(MONDAY)


def test_the_node_that_saved_it_counts_by_it_at_once(runtime: Runtime, node: CorrectionsInForce) -> None:
    calendar = _calendar(node)
    assert calendar.is_working_day(MONDAY)
    _correct(runtime, _off(MONDAY))
    node.forget()
    assert not calendar.is_working_day(MONDAY)


def test_the_database_stands_above_the_settings_and_limits_follow(runtime: Runtime, node: CorrectionsInForce) -> None:
    calendar = _calendar(node)
    given = datetime(2022, 12, 2, 2, 0, tzinfo=UTC)
    assert calendar.local_date(calendar.due_after(given, 1, DurationUnit.WORKING_DAY)) == MONDAY
    _correct(runtime, _off(MONDAY))
    _correct(runtime, _off(date(2022, 12, 6), is_working=True))
    node.forget()
    assert calendar.local_date(calendar.due_after(given, 1, DurationUnit.WORKING_DAY)) == date(2022, 12, 6)


def test_a_year_is_covered_once_somebody_says_so(runtime: Runtime, node: CorrectionsInForce) -> None:
    calendar = _calendar(node)
    assert calendar.is_working_day(date(2090, 3, 1))
    with pytest.raises(CalendarNotCovered):
        calendar.is_working_day(date(2091, 3, 1))
    with runtime.unit_of_work() as uow:
        cover_year(uow, 2091, source=NOTICE, by="guanli")
    node.forget()
    assert calendar.is_working_day(date(2091, 3, 1))
    with pytest.raises(Refused, match="the library knows"), runtime.unit_of_work() as uow:
        cover_year(uow, 2022, source=NOTICE, by="guanli")


@pytest.mark.parametrize(
    ("correction", "field"),
    [
        (_off(None), "first_day"),
        (_off(TODAY), "first_day"),
        (_off(MONDAY, TODAY), "last_day"),
        (_off(MONDAY, date(2023, 3, 1)), "last_day"),
        (Correction(MONDAY, None, False, " ", NOTICE), "reason"),
        (Correction(MONDAY, None, False, "停工", ""), "source"),
    ],
)
def test_a_wrong_correction_is_refused_by_field(runtime: Runtime, correction: Correction, field: str) -> None:
    with pytest.raises(InvalidRecord) as refused:
        _correct(runtime, correction)
    assert set(refused.value.errors) == {field}


def test_a_correction_is_taken_back_with_a_reason(runtime: Runtime, node: CorrectionsInForce) -> None:
    _correct(runtime, _off(MONDAY))
    with pytest.raises(InvalidRecord), runtime.unit_of_work() as uow:
        clear(uow, MONDAY, by="guanli", today=TODAY, reason="")
    with runtime.unit_of_work() as uow:
        clear(uow, MONDAY, by="guanli", today=TODAY, reason="误录")
    node.forget()
    assert _calendar(node).is_working_day(MONDAY)
    with runtime.reading() as uow:
        kinds = [entry.kind for entry in search(uow.session, Question(object_key="calendar-2022-12-05")).entries]
    assert kinds == ["calendar.day_cleared", "calendar.day_set"]


def test_the_year_on_the_wall_tells_the_days_apart(runtime: Runtime, node: CorrectionsInForce) -> None:
    _correct(runtime, _off(MONDAY))
    node.forget()
    with runtime.reading() as uow:
        months = months_of(2022, _calendar(node), corrections_of(uow.session, 2022))
    days = {day.on: day for month in months for week in month.weeks for day in week if day is not None}
    assert len(days) == 365
    seen = {on: days[on].kind for on in (date(2022, 10, 3), date(2022, 10, 8), date(2022, 12, 4), date(2022, 12, 7))}
    assert list(seen.values()) == [DayKind.DAY_OFF, DayKind.MADE_UP, DayKind.WEEKEND, DayKind.WORKED]
    assert (days[MONDAY].kind, days[MONDAY].name) == (DayKind.DAY_OFF, "停工检修")
    assert months[11].working_days == 20
