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

SOON = timedelta(days=3)

CountWorkingDays = Callable[[date, date], int | None]


class Urgency(StrEnum):
    """The bands of the inbox, most urgent first."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True)
class Due:
    """A deadline as it is shown: the local moment, its band, and the time left in words."""

    at: datetime | None
    urgency: Urgency
    words: str


def windows(now: datetime, zone: tzinfo) -> dict[Urgency, DueWithin]:
    """Where the bands begin and end at this moment: soon is until the end of the third day from today."""
    today = now.astimezone(zone).date()
    end_of_soon = datetime.combine(today + SOON + timedelta(days=1), time(), zone)
    return {
        Urgency.OVERDUE: DueWithin(None, now),
        Urgency.SOON: DueWithin(now, end_of_soon),
        Urgency.LATER: DueWithin(end_of_soon, None),
    }


def due(at: datetime | None, now: datetime, zone: tzinfo, count_working_days: CountWorkingDays) -> Due:
    """How a deadline reads at this moment. `count_working_days(today, day)` gives None where no calendar reaches."""
    if at is None:
        return Due(None, Urgency.LATER, gettext("No time limit"))
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    if at < now:
        return Due(local, Urgency.OVERDUE, _overdue((today - local.date()).days))
    soon = windows(now, zone)[Urgency.SOON].end
    urgency = Urgency.SOON if soon and at < soon else Urgency.LATER
    return Due(local, urgency, _left(today, local.date(), count_working_days))


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


def full_moment(moment: datetime) -> str:
    """A moment with its day and year, in the zone of the calendar."""
    return format_datetime(moment, _pattern("MMM d yyyy, HH:mm", "yyyy年M月d日 HH:mm"))


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
