"""Clocks: every part of the system asks one of these what time it is, so a campaign can be replayed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present moment as an aware UTC datetime."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ReplayClock:
    """A clock that stands still until it is moved; it never runs backwards."""

    def __init__(self, start: datetime) -> None:
        self._now = as_utc(start)

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move forward by a duration and return the new moment."""
        return self.advance_to(self._now + by)

    def advance_to(self, moment: datetime) -> datetime:
        """Move to a moment. Raises ValueError for a moment in the clock's past."""
        moment = as_utc(moment)
        if moment < self._now:
            raise ValueError(f"the clock stands at {self._now.isoformat()}; it cannot go back to {moment.isoformat()}")
        self._now = moment
        return moment


def as_utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError for a datetime without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; pass an aware datetime")
    return moment.astimezone(UTC)
