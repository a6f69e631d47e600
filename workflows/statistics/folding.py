"""Adds the changes to the rollup, of their region and of every region above it, and forgets them.

Any number of nodes may do so at once, and each may die anywhere: a change is deleted in the transaction that adds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Event
from typing import Final

from sqlalchemy import RowMapping, delete, select

from engine.runtime import Runtime, UnitOfWork
from engine.scheduler import Duty
from engine.storage.base import table_of
from workflows.statistics.cells import Cell, Sums, add, with_regions_above
from workflows.statistics.measures import Measure
from workflows.statistics.models import KEY, StatisticChange
from workflows.statistics.rollup import add_to_rollup

BATCH: Final = 2_000


def folding(runtime: Runtime, *, every: timedelta, batch: int = BATCH) -> Duty:
    """A duty that folds batch after batch until no change is left."""

    def run(stopping: Event) -> None:
        while not stopping.is_set():
            with runtime.unit_of_work() as uow:
                folded = fold(uow, limit=batch)
            if folded < batch:
                return

    return Duty("statistics", every, run)


def fold(uow: UnitOfWork, *, limit: int) -> int:
    """Add so many changes at most, the oldest first, and return how many; those that another node holds are its own."""
    oldest = select(StatisticChange.id).order_by(StatisticChange.id).limit(limit).with_for_update(skip_locked=True)
    changes = table_of(StatisticChange)
    taken = uow.session.connection().execute(delete(changes).where(changes.c.id.in_(oldest)).returning(changes))
    sums: Sums = {}
    count = 0
    for change in taken.mappings():
        add(sums, _counts(change))
        count += 1
    add_to_rollup(uow.session, sums)
    return count


def _counts(change: RowMapping) -> Iterator[tuple[Cell, Measure, int]]:
    """What a change adds to its region and to each that holds it."""
    own = Cell(*(change[name] for name in KEY))
    for region_path in with_regions_above(own.region_path):
        for measure in Measure:
            yield own._replace(region_path=region_path), measure, change[measure.value]
