"""Moments in the words of the people who read them: local dates, and how far away a deadline is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from flask import Flask
from flask_babel import format_date, format_datetime, gettext, ngettext

from engine.tasks import DueWithin
from web.language import current_language
from web.settings import Language, WebSettings
from workflows.calendar import WorkingCalendar
from workflows.errors import CalendarNotCovered

CountWorkingDays = Callable[[date, date], int | None]


class Urgency(StrEnum):
    """The bands of the inbox, most urgent first."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


@dataclass(frozen=True)
class Due:
    """A deadline as it is shown: the local moment, its band, and the time left in words."""

    at: datetime | None
    urgency: Urgency
    words: str


def windows(now: datetime, zone: tzinfo) -> dict[Urgency, DueWithin]:
    """Where the bands begin and end at this moment: a day ends at midnight, a week with its Sunday."""
    today = now.astimezone(zone).date()
    tomorrow, next_monday = (
        datetime.combine(today + timedelta(days=days), time(), zone) for days in (1, 7 - today.weekday())
    )
    return {
        Urgency.OVERDUE: DueWithin(None, now),
        Urgency.TODAY: DueWithin(now, tomorrow),
        Urgency.WEEK: DueWithin(tomorrow, next_monday),
        Urgency.LATER: DueWithin(next_monday, None),
    }


def due(at: datetime | None, now: datetime, zone: tzinfo, count_working_days: CountWorkingDays) -> Due:
    """How a deadline reads at this moment. `count_working_days(today, day)` gives None where no calendar reaches."""
    if at is None:
        return Due(None, Urgency.LATER, gettext("No time limit"))
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    if at < now:
        return Due(local, Urgency.OVERDUE, _overdue((today - local.date()).days))
    return Due(local, _urgency(at, now, zone), _left(today, local.date(), count_working_days))


def _urgency(at: datetime, now: datetime, zone: tzinfo) -> Urgency:
    bands = windows(now, zone).items()
    return next((urgency for urgency, span in bands if span.end is not None and at < span.end), Urgency.LATER)


def _overdue(days: int) -> str:
    if days == 0:
        return gettext("Overdue since today")
    return ngettext("Overdue by %(num)s day", "Overdue by %(num)s days", days)


def _left(today: date, day: date, count_working_days: CountWorkingDays) -> str:
    days = (day - today).days
    if days == 0:
        return gettext("Due today")
    if days == 1:
        return gettext("Due tomorrow")
    working_days = count_working_days(today, day)
    if working_days is None:
        return ngettext("%(num)s day left", "%(num)s days left", days)
    return ngettext("%(num)s working day left", "%(num)s working days left", working_days)


def set_up_times(app: Flask, settings: WebSettings) -> None:
    """Filters for templates; every moment is shown in the zone of the calendar."""
    zone = settings.calendar.zone

    @app.template_filter()
    def short_date(moment: datetime) -> str:
        return format_date(moment.astimezone(zone).date(), _pattern("MMM d", "M月d日"))

    @app.template_filter()
    def long_date(moment: datetime) -> str:
        return format_date(moment.astimezone(zone).date(), "full")

    app.add_template_filter(full_moment)
    app.add_template_filter(weekday_date)
    app.add_template_filter(clock_time)
    app.add_template_filter(full_day)


def full_moment(moment: datetime) -> str:
    """A moment with its day and year, in the zone of the calendar."""
    return format_datetime(moment, _pattern("MMM d yyyy, HH:mm", "yyyy年M月d日 HH:mm"))


def clock_time(moment: datetime) -> str:
    """The hour and minute of a moment, in the zone of the calendar."""
    return format_datetime(moment, "HH:mm")


def weekday_date(day: date) -> str:
    """A day of about now, with its weekday."""
    return format_date(day, _pattern("EEEE, MMM d", "M月d日 EEEE"))


def full_day(day: date) -> str:
    """A day with its year."""
    return format_date(day, _pattern("MMM d yyyy", "yyyy年M月d日"))


def left_until(at: datetime | None, now: datetime, calendar: WorkingCalendar) -> Due:
    """How a deadline reads by a working calendar."""

    def count(today: date, day: date) -> int | None:
        try:
            return calendar.working_days_between(today, day)
        except CalendarNotCovered:
            return None

    return due(at, now, calendar.zone, count)


def _pattern(english: str, chinese: str) -> str:
    return chinese if current_language() is Language.CHINESE else english
