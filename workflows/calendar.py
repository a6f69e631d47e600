"""China's working days, with public holidays and make-up days, and the due moments that follow from them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar

from workflows.errors import CalendarNotCovered
from workflows.labels import LabelledEnum

BEIJING_TIME = ZoneInfo("Asia/Shanghai")
CLOSE_OF_DAY = time(18, 0)
START_OF_DAY = time(9, 0)
ONE_DAY = timedelta(days=1)
FRIDAY = 4


class DurationUnit(LabelledEnum):
    WORKING_DAY = "working_day", "工作日"
    DAY = "day", "日"


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked, and when a day of work begins and closes.

    `overrides` says of single days whether they are worked, above all else; an installation's may change while it runs
    (workflows.calendars). A year in `covered_years` that the library does not know is worked from Monday to Friday
    except for its overrides. Any other unknown year raises CalendarNotCovered, because a guess at the Spring Festival
    would move people's deadlines.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict[date, bool])
    covered_years: Container[int] = frozenset()
    zone: ZoneInfo = BEIJING_TIME
    start_of_day: time = START_OF_DAY
    close_of_day: time = CLOSE_OF_DAY

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on this day. Raises CalendarNotCovered."""
        if day in self.overrides:
            return self.overrides[day]
        try:
            return _is_worked(day)
        except NotImplementedError as unknown:
            if day.year not in self.covered_years:
                raise CalendarNotCovered(day.year) from unknown
            return day.weekday() <= FRIDAY

    def add_working_days(self, day: date, amount: int) -> date:
        """The working day that lies `amount` working days after `day`, or before it when negative.

        `day` itself is not counted, worked or not. For 0 it is `day`, or the next working day if `day` is off.
        """
        step = -ONE_DAY if amount < 0 else ONE_DAY
        remaining = abs(amount)
        if remaining == 0 and not self.is_working_day(day):
            remaining = 1
        while remaining:
            day += step
            remaining -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lead from `start` to `end`: `start` not counted, `end` counted; negative backwards."""
        if end < start:
            return -self.working_days_in(end, start - ONE_DAY)
        return self.working_days_in(start + ONE_DAY, end)

    def working_days_in(self, first: date, last: date) -> int:
        """How many working days a period has, both its ends counted."""
        return sum(self.is_working_day(first + timedelta(days=n)) for n in range((last - first).days + 1))

    def due_after(self, start: datetime, amount: int, unit: DurationUnit) -> datetime:
        """The moment (UTC) when a limit of `amount` days, given at `start`, has passed.

        The day on which the limit is given does not count, and the last day lasts until close of work in `zone`: one
        working day is never 24 hours. A limit of 0 ends at today's close or, when that is past, at the next one.
        Raises ValueError for a negative amount, CalendarNotCovered.
        """
        if amount < 0:
            raise ValueError(f"a limit of {amount} days lies in the past")
        due = self.at(self.shift(self.local_date(start), amount, unit), self.close_of_day)
        return due if due > start else self.due_after(start, amount + 1, unit)

    def offset(self, due: datetime, amount: int, unit: DurationUnit) -> datetime:
        """The moment (UTC) that lies `amount` days after a due moment, or before it when negative.

        It is the start of work on that day, when people can act on what they are told; for 0 it is `due` itself.
        """
        if amount == 0:
            return due.astimezone(UTC)
        return self.at(self.shift(self.local_date(due), amount, unit), self.start_of_day)

    def shift(self, day: date, amount: int, unit: DurationUnit) -> date:
        """The day that lies `amount` days of this unit after `day`, or before it when negative."""
        if unit is DurationUnit.WORKING_DAY:
            return self.add_working_days(day, amount)
        return day + timedelta(days=amount)

    def local_date(self, moment: datetime) -> date:
        """The date on the wall when this moment comes."""
        return moment.astimezone(self.zone).date()

    def at(self, day: date, hour: time) -> datetime:
        """The moment (UTC) when clocks in `zone` show this hour on this day."""
        return datetime.combine(day, hour, self.zone).astimezone(UTC)


@lru_cache(maxsize=4_096)
def _is_worked(day: date) -> bool:
    """What the library says; it takes longer over a day than anything that is done with the answer."""
    return bool(chinese_calendar.is_workday(day))
