"""How this installation counts time: its working days, and the hours in which people are left in peace."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time

from workflows.calendar import ONE_DAY, WorkingCalendar


@dataclass(frozen=True)
class QuietHours:
    """From `start` until `end`, in the calendar's zone, nobody is told what can wait; equal ends mean no quiet."""

    start: time = time(21, 0)
    end: time = time(8, 0)

    def hold(self, hour: time) -> bool:
        """Whether this hour on the wall is quiet."""
        if self.start <= self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end


@dataclass(frozen=True)
class Timekeeping:
    """The working calendar and the quiet hours, handed to every part that counts time."""

    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    quiet: QuietHours = field(default_factory=QuietHours)

    def is_quiet(self, moment: datetime) -> bool:
        """Whether a moment falls into the quiet hours."""
        return self.quiet.hold(moment.astimezone(self.calendar.zone).time())

    def next_waking(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours that it falls into (UTC)."""
        local = moment.astimezone(self.calendar.zone)
        if not self.quiet.hold(local.time()):
            return moment
        wakes = self.calendar.at(local.date(), self.quiet.end)
        return wakes if wakes > moment else self.calendar.at(local.date() + ONE_DAY, self.quiet.end)

    def next_morning(self, moment: datetime) -> datetime:
        """The first end of the quiet hours after a moment that falls on a working day (UTC); digests come then.

        Raises CalendarNotCovered.
        """
        day = self.calendar.local_date(moment)
        while not self.calendar.is_working_day(day) or self.calendar.at(day, self.quiet.end) <= moment:
            day += ONE_DAY
        return self.calendar.at(day, self.quiet.end)

    def is_for_digests(self, moment: datetime) -> bool:
        """Whether digests may come at a moment: on a working day, once the quiet hours have ended, until they begin.

        Raises CalendarNotCovered.
        """
        local = moment.astimezone(self.calendar.zone)
        morning = local.time() >= self.quiet.end and not self.quiet.hold(local.time())
        return morning and self.calendar.is_working_day(local.date())
