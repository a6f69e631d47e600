"""Enters corrections of the working-day calendar, with reason and source, and takes them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from engine.runtime import UnitOfWork
from workflows.audit import AuditKind, record
from workflows.calendar import ONE_DAY
from workflows.calendars.models import CalendarDay, CalendarYear
from workflows.calendars.years import is_in_library
from workflows.errors import InvalidRecord, Refused
from workflows.sentences import Sentence, sentence

LONGEST = timedelta(days=31)


@dataclass(frozen=True)
class Correction:
    """A span of days, both ends included, that are all worked or all off, by whose order."""

    first_day: date | None
    last_day: date | None
    is_working: bool
    reason: str
    source: str

    @property
    def days(self) -> list[date]:
        """The days of the span, none while it is incomplete."""
        if self.first_day is None:
            return []
        last = self.last_day or self.first_day
        return [self.first_day + n * ONE_DAY for n in range((last - self.first_day).days + 1)]


def correct(uow: UnitOfWork, correction: Correction, *, by: str, today: date) -> list[date]:
    """Set every day of a span, over what held before; the days. Time limits that were set already stay as they are.

    Raises InvalidRecord by field; a day that is past is not rewritten.
    """
    _check(correction, today)
    for day in correction.days:
        known = uow.session.get(CalendarDay, day)
        before = _facts(known) if known else {}
        row = known or CalendarDay(day=day)
        row.is_working, row.reason, row.source = correction.is_working, correction.reason, correction.source
        row.entered_by, row.entered_at = by, uow.now
        uow.session.add(row)
        _note(uow, AuditKind.CALENDAR_DAY_SET, by, day, before, _facts(row), correction.reason)
    return correction.days


def clear(uow: UnitOfWork, day: date, *, by: str, today: date, reason: str) -> None:
    """Take a correction back; the library or the settings decide on the day again. Not having one is no error."""
    if day <= today:
        raise Refused(sentence("%(day)s is not in the future; what was counted by it stays", day=day))
    if not reason.strip():
        raise InvalidRecord({"reason": sentence("say why; the reason stays on record")})
    known = uow.session.get(CalendarDay, day)
    if known is None:
        return
    uow.session.delete(known)
    _note(uow, AuditKind.CALENDAR_DAY_CLEARED, by, day, _facts(known), {}, reason)


def cover_year(uow: UnitOfWork, year: int, *, source: str, by: str) -> None:
    """Say that all days off and make-up days of a year that the library lacks have been entered.

    Raises Refused for a year that the library knows, InvalidRecord without a source.
    """
    if is_in_library(year):
        raise Refused(sentence("the library knows %(year)s; only differences need entering", year=year))
    if not source.strip():
        raise InvalidRecord({"source": sentence("name the notice that orders it")})
    known = uow.session.get(CalendarYear, year) or CalendarYear(year=year)
    known.source, known.entered_by, known.entered_at = source.strip(), by, uow.now
    uow.session.add(known)
    record(
        uow, AuditKind.CALENDAR_YEAR_COVERED, by=by, object_key=f"calendar-{year}", object_name=str(year),
        after={"source": source.strip()},
    )  # fmt: skip


def _check(correction: Correction, today: date) -> None:
    errors: dict[str, Sentence] = {}
    first, last = correction.first_day, correction.last_day
    if first is None:
        errors["first_day"] = sentence("say which day")
    elif first <= today:
        errors["first_day"] = sentence("only days after today; what was counted by earlier ones stays")
    elif last is not None and last < first:
        errors["last_day"] = sentence("the last day %(last)s lies before the first, %(first)s", last=last, first=first)
    elif last is not None and last - first > LONGEST:
        errors["last_day"] = sentence("no more than a month at a time")
    if not correction.reason.strip():
        errors["reason"] = sentence("say which holiday or make-up day it is")
    if not correction.source.strip():
        errors["source"] = sentence("name the notice that orders it")
    if errors:
        raise InvalidRecord(errors)


def _facts(row: CalendarDay) -> dict[str, object]:
    return {"is_working": row.is_working, "reason": row.reason, "source": row.source}


def _note(
    uow: UnitOfWork,
    kind: AuditKind,
    by: str,
    day: date,
    before: dict[str, object],
    after: dict[str, object],
    reason: str,
) -> None:
    key = day.isoformat()
    record(uow, kind, by=by, object_key=f"calendar-{key}", object_name=key, before=before, after=after, reason=reason)
