"""How this installation counts time: its working days, and the hours in which people are left in peace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from workflows.calendar import WorkingCalendar


@dataclass(frozen=True)
class QuietHours:
    """From `start` until `end`, in the calendar's zone, nobody is told what can wait; equal ends mean no quiet at all."""

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

    calendar: WorkingCalendar = WorkingCalendar()
    quiet: QuietHours = QuietHours()

    def next_waking(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours that it falls into (UTC)."""
        local = moment.astimezone(self.calendar.zone)
        if not self.quiet.hold(local.time()):
            return moment
        wakes = self.calendar.at(local.date(), self.quiet.end)
        return wakes if wakes > moment else self.calendar.at(local.date() + timedelta(days=1), self.quiet.end)
