"""A year of the calendar, month by month, as a person reads it on the wall: which days are worked, and says who."""

from __future__ import annotations

import calendar as weeks
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import chinese_calendar
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from engine.storage.models import IS_OPEN, UserTask
from workflows.calendar import FRIDAY, ONE_DAY, START_OF_DAY, WorkingCalendar
from workflows.calendars.models import CalendarDay, CalendarYear
from workflows.errors import CalendarNotCovered
from workflows.labels import LabelledEnum

MOST_COUNTED = 1000


class DayKind(LabelledEnum):
    """How a day stands out; an ordinary one is worked from Monday to Friday."""

    WORKED = "worked", "工作日"
    WEEKEND = "weekend", "周末"
    DAY_OFF = "day_off", "休息日"
    MADE_UP = "made_up", "补班日"
    UNKNOWN = "unknown", "尚未公布"


@dataclass(frozen=True)
class Day:
    """One day; `name` is its holiday's or the reason of its correction, which may be None."""

    on: date
    kind: DayKind
    name: str
    correction: CalendarDay | None


@dataclass(frozen=True)
class Month:
    """A month in weeks from Monday; days of other months are None."""

    number: int
    weeks: Sequence[Sequence[Day | None]]
    working_days: int | None


def months_of(year: int, calendar: WorkingCalendar, corrected: Mapping[date, CalendarDay]) -> list[Month]:
    """The twelve months of a year by a calendar; without a count of working days where some are not known."""
    return [_month(year, number, calendar, corrected) for number in range(1, 13)]


def corrections_of(session: Session, year: int) -> dict[date, CalendarDay]:
    """What the installation has corrected in a year, by day and in order."""
    rows = select(CalendarDay).where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)))
    return {row.day: row for row in session.scalars(rows.order_by(CalendarDay.day))}


def covering(session: Session, year: int) -> CalendarYear | None:
    """By whose word the year is complete though the library lacks it."""
    return session.get(CalendarYear, year)


def is_in_library(year: int) -> bool:
    """Whether the calendar library knows a year's holidays."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def open_tasks_across(session: Session, days: Sequence[date], calendar: WorkingCalendar) -> int:
    """How many open tasks run across one of these days, counted no further than MOST_COUNTED.

    They were given before its end and are due after its beginning: had the day been corrected before, those with a
    limit in working days would be due on another day.
    """
    if not days:
        return 0
    begins, ends = calendar.at(days[0], START_OF_DAY), calendar.at(days[-1] + ONE_DAY, START_OF_DAY)
    found = (
        select(UserTask.id)
        .where(text(IS_OPEN), UserTask.due_at >= begins, UserTask.created_at < ends)
        .limit(MOST_COUNTED)
    )
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def _month(year: int, number: int, calendar: WorkingCalendar, corrected: Mapping[date, CalendarDay]) -> Month:
    rows = [
        [_day(on, calendar, corrected.get(on)) if on.month == number else None for on in week]
        for week in weeks.Calendar(firstweekday=weeks.MONDAY).monthdatescalendar(year, number)
    ]
    days = [day for row in rows for day in row if day is not None]
    worked = sum(day.kind in {DayKind.WORKED, DayKind.MADE_UP} for day in days)
    return Month(number, rows, None if any(day.kind is DayKind.UNKNOWN for day in days) else worked)


def _day(on: date, calendar: WorkingCalendar, correction: CalendarDay | None) -> Day:
    name = correction.reason if correction else _holiday(on)
    try:
        is_worked = calendar.is_working_day(on)
    except CalendarNotCovered:
        return Day(on, DayKind.UNKNOWN, name, correction)
    if on.weekday() <= FRIDAY:
        return Day(
            on,
            DayKind.WORKED if is_worked else DayKind.DAY_OFF,
            "" if is_worked and not correction else name,
            correction,
        )
    if is_worked:
        return Day(on, DayKind.MADE_UP, name, correction)
    return Day(on, DayKind.DAY_OFF if name else DayKind.WEEKEND, name, correction)


def _holiday(on: date) -> str:
    """The holiday that the library names for a day off or a make-up day, in Chinese; empty for an ordinary day."""
    try:
        _, name = chinese_calendar.get_holiday_detail(on)
    except NotImplementedError:
        return ""
    return chinese_calendar.Holiday(name).chinese if name in {each.value for each in chinese_calendar.Holiday} else ""
