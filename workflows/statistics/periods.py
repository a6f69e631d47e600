"""Days and weeks, as reports are made for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from workflows.labels import LabelledEnum


class PeriodKind(LabelledEnum):
    DAY = "day", "当日"
    WEEK = "week", "该日所在的一周"


@dataclass(frozen=True)
class Period:
    """A day, or the week from Monday to Sunday."""

    kind: PeriodKind
    first_day: date
    last_day: date


def period_of(day: date, kind: PeriodKind) -> Period:
    """The day itself, or the week that it lies in."""
    if kind is PeriodKind.DAY:
        return Period(kind, day, day)
    monday = day - timedelta(days=day.weekday())
    return Period(kind, monday, monday + timedelta(days=6))
