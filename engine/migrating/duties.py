"""What the scheduler does for migrations: the work itself, and forgetting what is kept for undo."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Event
from typing import Final

from sqlalchemy import delete, select

from engine.migrating.claiming import GivenUp, change_state, claim, leave_off
from engine.migrating.examining import examine
from engine.migrating.models import KeptState, Migration
from engine.migrating.running import run, undo
from engine.migrating.states import UNDER_WAY, MigrationState
from engine.runtime import Runtime
from engine.scheduler.duty import Duty

log = logging.getLogger(__name__)

KEPT_FOR: Final = timedelta(days=30)
"""So long a move can be undone, if the instance takes no step before."""

BATCH: Final = 1_000

_WORK: Final = {MigrationState.EXAMINING: examine, MigrationState.RUNNING: run, MigrationState.UNDOING: undo}


def migrating(runtime: Runtime, *, every: timedelta = timedelta(seconds=2)) -> Duty:
    """The duty that examines, moves and moves back; one that was killed goes on behind its last transaction."""

    def work(stopping: Event) -> None:
        while not stopping.is_set() and work_on_next(runtime, stopping):
            pass

    return Duty("migrate-instances", every, work)


def work_on_next(runtime: Runtime, stopping: Event) -> bool:
    """Work on the next migration that has something to do, to its end; False when there is none."""
    with runtime.unit_of_work() as uow:
        migration = claim(uow)
    if migration is None:
        return False
    try:
        _WORK[migration.state](runtime, migration, stopping)
    except GivenUp:
        leave_off(runtime, migration)
    except Exception as error:  # the outermost loop of a migration: it is put on record, and others go on
        log.exception("migration %s failed", migration.id)
        _fail(runtime, migration, repr(error))
    return True


def forgetting_kept_states(runtime: Runtime, *, every: timedelta = timedelta(hours=1)) -> Duty:
    """The duty that drops what was kept for undo, one bounded batch in each transaction."""

    def forget(stopping: Event) -> None:
        while not stopping.is_set():
            with runtime.unit_of_work() as uow:
                old = select(KeptState.item_id).where(KeptState.kept_at < uow.now - KEPT_FOR).limit(BATCH)
                dropped = uow.session.scalars(
                    delete(KeptState).where(KeptState.item_id.in_(old.scalar_subquery())).returning(KeptState.item_id)
                ).all()
            if len(dropped) < BATCH:
                return

    return Duty("forget-kept-states", every, forget)


def _fail(runtime: Runtime, migration: Migration, said: str) -> None:
    with runtime.unit_of_work() as uow:
        failed = uow.session.get_one(Migration, migration.id, with_for_update=True, populate_existing=True)
        if failed.state in UNDER_WAY:
            change_state(uow, failed, MigrationState.FAILED, said[:1000])
