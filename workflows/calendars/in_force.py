"""The corrections that hold now: those of the settings, and above them those of the database, read again when old."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from sqlalchemy import select

from engine.storage.database import Database
from workflows.calendars.models import CalendarDay, CalendarYear

FRESH_FOR = 20.0
"""Seconds after which another node's correction is noticed at the latest."""


@dataclass(frozen=True)
class Corrections:
    """Single days that are worked or off, and years that are complete though the library lacks them."""

    days: Mapping[date, bool] = field(default_factory=dict[date, bool])
    years: frozenset[int] = frozenset()

    def with_those_of(self, database: Database) -> Corrections:
        """These, with what the database has laid over them."""
        with database.reading() as session:
            days = session.execute(select(CalendarDay.day, CalendarDay.is_working)).all()
            years = session.scalars(select(CalendarYear.year)).all()
        return Corrections({**self.days, **dict(days)}, self.years | set(years))


class CorrectionsInForce:
    """What holds now, for as many threads as ask; the database is asked by one of them, and not more often than needed.

    `tick` tells seconds that only grow.
    """

    def __init__(self, database: Database, settled: Corrections, *, tick: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._settled = settled
        self._tick = tick
        self._reading = Lock()
        self._known: tuple[float, Corrections] | None = None

    def now(self) -> Corrections:
        """The corrections, no older than FRESH_FOR."""
        known = self._known
        if known is not None and self._tick() - known[0] < FRESH_FOR:
            return known[1]
        if known is not None and not self._reading.acquire(blocking=False):
            return known[1]  # another thread is reading them again already
        if known is None:
            self._reading.acquire()
        try:
            return self._read()
        finally:
            self._reading.release()

    def forget(self) -> None:
        """Ask the database anew at the next question; called where a correction was just saved."""
        self._known = None

    def _read(self) -> Corrections:
        corrections = self._settled.with_those_of(self._database)
        self._known = (self._tick(), corrections)
        return corrections

    @property
    def days(self) -> Mapping[date, bool]:
        """The corrected days as a mapping that is always that of now."""
        return _Days(self)

    @property
    def years(self) -> Container[int]:
        """The completed years as a container that is always that of now."""
        return _Years(self)


class _Days(Mapping[date, bool]):
    def __init__(self, corrections: CorrectionsInForce) -> None:
        self._corrections = corrections

    def __getitem__(self, day: date) -> bool:
        return self._corrections.now().days[day]

    def __contains__(self, day: object) -> bool:
        return day in self._corrections.now().days

    def __iter__(self) -> Iterator[date]:
        return iter(self._corrections.now().days)

    def __len__(self) -> int:
        return len(self._corrections.now().days)


class _Years(Container[int]):
    def __init__(self, corrections: CorrectionsInForce) -> None:
        self._corrections = corrections

    def __contains__(self, year: object) -> bool:
        return year in self._corrections.now().years
