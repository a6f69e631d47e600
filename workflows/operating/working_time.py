"""Working time: the office hours of working days between two moments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from workflows.calendar import ONE_DAY, WorkingCalendar
from workflows.errors import CalendarNotCovered

FRIDAY = 4


def office_hours(calendar: WorkingCalendar) -> Callable[[datetime, datetime], timedelta]:
    """How much office time lies between two moments. Where no calendar reaches, Monday to Friday are worked."""

    def between(start: datetime, end: datetime) -> timedelta:
        return max(_until(calendar, start, end), timedelta())

    return between


def office_day(calendar: WorkingCalendar) -> timedelta:
    """How long a working day is."""
    return _length(calendar.start_of_day, calendar.close_of_day)


def _until(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    first, last = calendar.local_date(start), calendar.local_date(end)
    days = range((last - first).days + 1)
    whole = sum(_is_worked(calendar, first + n * ONE_DAY) for n in days) * office_day(calendar)
    before = _passed(calendar, start) if _is_worked(calendar, first) else timedelta()
    after = office_day(calendar) - _passed(calendar, end) if _is_worked(calendar, last) else timedelta()
    return whole - before - after


def _passed(calendar: WorkingCalendar, moment: datetime) -> timedelta:
    """How much of its day's office time has passed at a moment."""
    hour = moment.astimezone(calendar.zone).time()
    return _length(calendar.start_of_day, min(max(hour, calendar.start_of_day), calendar.close_of_day))


def _length(start: time, end: time) -> timedelta:
    day = date.min
    return datetime.combine(day, end) - datetime.combine(day, start)


def _is_worked(calendar: WorkingCalendar, day: date) -> bool:
    try:
        return calendar.is_working_day(day)
    except CalendarNotCovered:
        return day.weekday() <= FRIDAY
