"""Which steps a deadline must have seen, from its task's own dates and from what moved them: pure arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from workflows.escalation.steps import EscalationStep


@dataclass(frozen=True)
class Rung:
    """A step of one deadline, and the moment when it is taken."""

    at: datetime
    step: EscalationStep
    due_at: datetime


Ladder = Callable[[datetime, datetime], list[Rung]]
"""The rungs of a due date that lie after a moment, in order of time."""


@dataclass(frozen=True)
class Extension:
    """The due date was moved at a moment; the steps are counted anew from then on."""

    at: datetime
    before: datetime
    after: datetime

    def undone(self, _due_at: datetime) -> datetime:
        """The due date as it was before."""
        return self.before

    def apply(self, _coming: list[Rung], ladder: Ladder) -> list[Rung]:
        """The rungs still to come."""
        return ladder(self.after, self.at)


@dataclass(frozen=True)
class Standstill:
    """The instance was suspended at a moment; everything still to come is put off by that long. None: it still is."""

    at: datetime
    length: timedelta | None

    def undone(self, due_at: datetime) -> datetime:
        """The due date as it was before."""
        return due_at - (self.length or timedelta())

    def apply(self, coming: list[Rung], _ladder: Ladder) -> list[Rung]:
        """The rungs still to come."""
        if self.length is None:
            return []
        return [replace(rung, at=rung.at + self.length, due_at=rung.due_at + self.length) for rung in coming]


Move = Extension | Standstill


def climbed(
    ladder: Ladder, *, begun_at: datetime, due_at: datetime, moves: Sequence[Move], until: datetime
) -> list[Rung]:
    """The rungs that a task has passed until a moment, in order of time.

    `due_at` is the due date now, after all `moves`, which are in order of time.
    """
    for move in reversed(moves):
        due_at = move.undone(due_at)
    coming, past = ladder(due_at, begun_at), list[Rung]()
    for move in moves:
        past += [rung for rung in coming if rung.at <= move.at]
        coming = move.apply([rung for rung in coming if rung.at > move.at], ladder)
    return past + [rung for rung in coming if rung.at <= until]
