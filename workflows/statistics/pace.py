"""The burn-down: what is left at the end of each day, and how fast it must be closed to be done by the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workflows.calendar import ONE_DAY, WorkingCalendar
from workflows.campaigns.models import Campaign
from workflows.errors import CalendarNotCovered
from workflows.statistics.figures import DayFigures
from workflows.statistics.reading import ONE_WEEK, Reading


@dataclass(frozen=True)
class Remaining:
    """A day of the campaign: what was found and closed on it, and what was left when it ended."""

    day: date
    found: int
    closed: int
    remaining: int


@dataclass(frozen=True)
class Pace:
    """`needed` and `reached` are hazards closed in a working day: those it takes, and those of the last seven days.

    `needed` is None when the campaign's last day has passed.
    """

    remaining: int
    days_left: int
    needed: float | None
    reached: float

    @property
    def is_enough(self) -> bool:
        """Whether all would be closed in time if it went on like this."""
        return self.needed is not None and self.reached >= self.needed


def burn_down(reading: Reading, campaign: Campaign) -> Sequence[Remaining]:
    """Every day of the campaign until today; what lay before it counts on its first day."""
    last = min(reading.today, campaign.last_day)
    days = [campaign.first_day + n * ONE_DAY for n in range((last - campaign.first_day).days + 1)]
    earlier = _sum(reading, date.min, campaign.first_day - ONE_DAY)
    line: list[Remaining] = []
    remaining = earlier.found - earlier.closed
    for day in days:
        here = reading.days.get(day, DayFigures())
        remaining += here.found - here.closed
        line.append(Remaining(day, here.found, here.closed, remaining))
    return line


def pace_of(reading: Reading, campaign: Campaign, calendar: WorkingCalendar) -> Pace:
    """How fast hazards are closed and would have to be."""
    left = _working_days(calendar, reading.today + ONE_DAY, campaign.last_day)
    closed = _sum(reading, reading.today - ONE_WEEK + ONE_DAY, reading.today).closed
    worked = _working_days(calendar, reading.today - ONE_WEEK + ONE_DAY, reading.today)
    remaining = reading.total.remaining
    return Pace(remaining, left, remaining / left if left else None, closed / max(worked, 1))


def _sum(reading: Reading, first: date, last: date) -> DayFigures:
    return sum((it for day, it in reading.days.items() if first <= day <= last), DayFigures())


def _working_days(calendar: WorkingCalendar, first: date, last: date) -> int:
    """The working days of a period; all its days where no calendar reaches."""
    try:
        return max(calendar.working_days_in(first, last), 0)
    except CalendarNotCovered:
        return max((last - first + timedelta(days=1)).days, 0)
