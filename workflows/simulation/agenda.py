"""What people are going to do, by the moment at which they do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from heapq import heappop, heappush
from typing import Generic, TypeVar

Deed = TypeVar("Deed")


class Agenda(Generic[Deed]):
    """Deeds in order of time; those of one moment in the order in which they were entered."""

    def __init__(self) -> None:
        self._deeds: list[tuple[datetime, int, Deed]] = []
        self._entered = 0

    def enter(self, at: datetime, deed: Deed) -> None:
        self._entered += 1
        heappush(self._deeds, (at, self._entered, deed))

    def until(self, moment: datetime) -> Iterator[Deed]:
        """Take what is to be done up to a moment; deeds entered meanwhile for before it are taken too."""
        while self._deeds and self._deeds[0][0] <= moment:
            yield heappop(self._deeds)[2]
