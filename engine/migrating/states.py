"""The states of migrations and of their instances, with the one table of how one may follow another."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Deadlines(StrEnum):
    """What becomes of due dates and timers that the new version reckons otherwise: they stay, or are reckoned anew."""

    KEEP = "keep"
    RECKON = "reckon"


class MigrationState(StrEnum):
    """A migration is examined, decided on, run; and may be halted, called off, run again for what failed, or undone."""

    EXAMINING = "examining"
    EXAMINED = "examined"
    RUNNING = "running"
    PAUSED = "paused"
    UNDOING = "undoing"
    DONE = "done"
    CANCELLED = "cancelled"
    UNDONE = "undone"
    FAILED = "failed"


class ItemState(StrEnum):
    """What became of one instance: `passed_over` is one that ended, or was moved by something else, meanwhile."""

    PENDING = "pending"
    MOVED = "moved"
    FAILED = "failed"
    PASSED_OVER = "passed_over"
    UNDONE = "undone"


S = MigrationState
FOLLOWING: Final[Mapping[MigrationState, frozenset[MigrationState]]] = {
    S.EXAMINING: frozenset({S.EXAMINED, S.CANCELLED, S.FAILED}),
    S.EXAMINED: frozenset({S.EXAMINING, S.RUNNING, S.CANCELLED}),
    S.RUNNING: frozenset({S.PAUSED, S.DONE, S.CANCELLED, S.FAILED}),
    S.PAUSED: frozenset({S.RUNNING, S.CANCELLED, S.UNDOING}),
    S.UNDOING: frozenset({S.UNDONE, S.FAILED}),
    S.DONE: frozenset({S.RUNNING, S.UNDOING}),
    S.CANCELLED: frozenset({S.UNDOING}),
    S.UNDONE: frozenset({S.RUNNING}),
    S.FAILED: frozenset({S.RUNNING, S.UNDOING}),
}
UNDER_WAY: Final = frozenset({S.EXAMINING, S.RUNNING, S.UNDOING})
"""Those on which something happens without anybody's doing."""
