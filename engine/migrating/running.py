"""Carries a migration out: batch after batch, each instance in a transaction of its own.

An instance that somebody changes at this moment is left for a later pass; one that has gone on since the examination is
judged where it stands now. A kill leaves each instance either moved or not, and its item says which.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any, Final

from sqlalchemy import func, select, text, update

from engine.errors import ConcurrentChange, EngineError, WrongState
from engine.migrating.claiming import change_state, hold, refuse_if
from engine.migrating.judging import Obstacle, ObstacleKind
from engine.migrating.models import IS_PENDING, KeptState, Migration, MigrationItem
from engine.migrating.moving import InTheWay, Mover, NotHere, move_back
from engine.migrating.planning import plan_of
from engine.migrating.reading import movable_groups
from engine.migrating.states import ItemState, MigrationState
from engine.runtime import Runtime, UnitOfWork

log = logging.getLogger(__name__)

BATCH: Final = 200
MOST_ATTEMPTS: Final = 5
"""So often an instance is tried that others are changing; then it counts as failed and can be tried again by hand."""


def run(runtime: Runtime, migration: Migration, stopping: Event) -> None:
    """Go on with moving to the end. Raises GivenUp when it is to leave off."""
    with runtime.reading() as uow:
        mover = Mover(plan_of(uow.session, migration))
        groups = movable_groups(uow.session, migration, mover.plan)
    work = Run(runtime, migration, mover)
    while items := work.pending(groups):
        for item_id in items:
            refuse_if(stopping)
            work.move(item_id)
        work.say_how_far()
    work.finish(MigrationState.DONE)


def undo(runtime: Runtime, migration: Migration, stopping: Event) -> None:
    """Move back whatever has taken no step since. Raises GivenUp when it is to leave off."""
    with runtime.reading() as uow:
        mover = Mover(plan_of(uow.session, migration))
    work = Run(runtime, migration, mover)
    last = 0
    while items := work.moved(last):
        for item_id, instance_id in items:
            refuse_if(stopping)
            work.move_back(item_id)
            last = instance_id
        work.say_how_far()
    work.finish(MigrationState.UNDONE)


@dataclass(frozen=True)
class Run:
    """One process's work on a claimed migration."""

    runtime: Runtime
    migration: Migration
    mover: Mover

    def pending(self, groups: Sequence[int]) -> Sequence[int]:
        """The next instances to move, those first that were tried least."""
        wanted = (
            select(MigrationItem.id)
            .where(MigrationItem.migration_id == self.migration.id, text(IS_PENDING))
            .where(MigrationItem.group_id.in_(groups))
            .order_by(MigrationItem.attempts, MigrationItem.instance_id)
            .limit(BATCH)
        )
        with self.runtime.reading() as uow:
            return uow.session.scalars(wanted).all()

    def moved(self, after: int) -> Sequence[tuple[int, int]]:
        """The next instances that were moved, as (item, instance)."""
        wanted = (
            select(MigrationItem.id, MigrationItem.instance_id)
            .where(MigrationItem.migration_id == self.migration.id, MigrationItem.state == ItemState.MOVED)
            .where(MigrationItem.instance_id > after)
            .order_by(MigrationItem.instance_id)
            .limit(BATCH)
        )
        with self.runtime.reading() as uow:
            return [(row.id, row.instance_id) for row in uow.session.execute(wanted)]

    def move(self, item_id: int) -> None:
        """Move one instance, or put on record why not."""
        try:
            with self.runtime.unit_of_work() as uow:
                move_item(uow, uow.session.get_one(MigrationItem, item_id), self.migration, self.mover)
        except ConcurrentChange:
            self._try_later(item_id)
        except NotHere:
            self._record(item_id, ItemState.PASSED_OVER, ())
        except InTheWay as blocked:
            self._record(item_id, ItemState.FAILED, blocked.obstacles)
        except EngineError as error:
            self._record(item_id, ItemState.FAILED, (Obstacle(ObstacleKind.FAILED, said=str(error)[:1000]),))
        except Exception as error:  # the outermost loop of an instance: whatever goes wrong, the others are moved
            log.exception("item %s of migration %s failed unexpectedly", item_id, self.migration.id)
            self._record(item_id, ItemState.FAILED, (Obstacle(ObstacleKind.FAILED, said=repr(error)[:1000]),))

    def move_back(self, item_id: int) -> None:
        """Undo one instance; one that has gone on stays as it is."""
        try:
            with self.runtime.unit_of_work() as uow:
                undo_item(uow, uow.session.get_one(MigrationItem, item_id), by=self.migration.acted_by)
        except EngineError as error:
            log.info("item %s of migration %s stays: %s", item_id, self.migration.id, error)

    def say_how_far(self) -> None:
        """Put the counts on the migration's row. Raises GivenUp when it was paused or cancelled."""
        with self.runtime.unit_of_work() as uow:
            hold(uow, self.migration, **counts(uow, self.migration.id))

    def finish(self, state: MigrationState) -> None:
        """The work is done; whoever paused at this very moment has the last word."""
        with self.runtime.unit_of_work() as uow:
            migration = uow.session.get_one(Migration, self.migration.id, with_for_update=True, populate_existing=True)
            if migration.state is not self.migration.state:
                return
            for name, count in counts(uow, migration.id).items():
                setattr(migration, name, count)
            change_state(uow, migration, state)

    def _try_later(self, item_id: int) -> None:
        with self.runtime.unit_of_work() as uow:
            item = uow.session.get_one(MigrationItem, item_id)
            item.attempts += 1
            if item.attempts < MOST_ATTEMPTS:
                return
        busy = Obstacle(ObstacleKind.FAILED, said="it was being changed by others each time; try again")
        self._record(item_id, ItemState.FAILED, (busy,))

    def _record(self, item_id: int, state: ItemState, obstacles: tuple[Obstacle, ...]) -> None:
        with self.runtime.unit_of_work() as uow:
            item = uow.session.get_one(MigrationItem, item_id)
            item.state, item.at = state, uow.now
            item.obstacles = [each.as_data() for each in obstacles]


def move_item(uow: UnitOfWork, item: MigrationItem, migration: Migration, mover: Mover) -> None:
    """Move the instance of a pending item, and keep what it was. Raises what `Mover.move` raises."""
    moved = mover.move(uow, item.instance_id, migration.from_id, by=migration.acted_by, migration_id=migration.id)
    uow.session.refresh(item, with_for_update=True)
    if item.state is not ItemState.PENDING:
        raise ConcurrentChange(f"item {item.id} was taken care of by another node")
    item.state, item.at, item.obstacles = ItemState.MOVED, uow.now, []
    item.version_after = moved.instance.version
    moved.kept.item_id = item.id
    uow.session.add(moved.kept)


def undo_item(uow: UnitOfWork, item: MigrationItem, *, by: str) -> None:
    """Move the instance of an item back, in this transaction.

    Raises WrongState when the item was not moved, the instance has gone on, or what it was is kept no longer.
    """
    kept = uow.session.get(KeptState, item.id)
    if item.state is not ItemState.MOVED or kept is None or item.version_after is None:
        raise WrongState("migration item", item.id, expected="moved, and kept for undo", actual=item.state.value)
    move_back(uow, kept, item.instance_id, item.version_after, by=by, migration_id=item.migration_id)
    item.state, item.at, item.version_after = ItemState.UNDONE, uow.now, None
    uow.session.delete(kept)


def counts(uow: UnitOfWork, migration_id: int) -> dict[str, Any]:
    """How many items of a migration are in each state that its row counts."""
    wanted = (
        select(MigrationItem.state, func.count())
        .where(MigrationItem.migration_id == migration_id)
        .group_by(MigrationItem.state)
    )
    found = dict(uow.session.execute(wanted).all())
    counted = (ItemState.MOVED, ItemState.FAILED, ItemState.PASSED_OVER, ItemState.UNDONE)
    return {state.value: found.get(state, 0) for state in counted}


def take_up_failed(uow: UnitOfWork, migration: Migration) -> None:
    """Let every instance that failed, or was moved back, be moved again."""
    again = update(MigrationItem).where(
        MigrationItem.migration_id == migration.id, MigrationItem.state.in_([ItemState.FAILED, ItemState.UNDONE])
    )
    uow.session.execute(again.values(state=ItemState.PENDING, attempts=0))
    migration.failed = migration.undone = 0
