"""Which process works on which migration: claimed for a while, said again after each batch, given up when told to."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from typing import Any, Final

from sqlalchemy import or_, select, update

from engine.errors import WrongState
from engine.migrating.models import Migration
from engine.migrating.states import FOLLOWING, UNDER_WAY, MigrationState
from engine.runtime import Runtime, UnitOfWork
from engine.storage.base import table_of

LEASE: Final = timedelta(minutes=2)
"""Whoever has said nothing for so long is taken to be gone, and another one may go on with the migration."""

_MIGRATION = table_of(Migration)


class GivenUp(Exception):
    """The migration was paused or cancelled, or this process is to stop; what is committed stays."""


def change_state(uow: UnitOfWork, migration: Migration, to: MigrationState, said: str = "") -> None:
    """Bring a migration into another state; the only place that does. Raises WrongState."""
    if to not in FOLLOWING.get(migration.state, frozenset()):
        expected = " or ".join(state.value for state, following in FOLLOWING.items() if to in following)
        raise WrongState("migration", migration.id, expected=expected, actual=migration.state.value)
    migration.state, migration.said = to, said
    migration.claimed_until = None
    migration.finished_at = None if to in UNDER_WAY else uow.now


def claim(uow: UnitOfWork) -> Migration | None:
    """The oldest migration that has work to do and that nobody works on, claimed for the caller; or None."""
    free = or_(Migration.claimed_until.is_(None), Migration.claimed_until < uow.now)
    wanted = select(Migration).where(Migration.state.in_(UNDER_WAY), free).order_by(Migration.id).limit(1)
    migration = uow.session.scalars(wanted.with_for_update(skip_locked=True)).one_or_none()
    if migration is not None:
        migration.claimed_until = uow.now + LEASE
        uow.session.flush()
    return migration


def hold(uow: UnitOfWork, migration: Migration, **progress: Any) -> None:
    """Say in this transaction that the caller is still at work, and how far. Raises GivenUp when it is to leave off.

    Counted past the row's version, so that a page that was read before can still pause or cancel.
    """
    held = update(_MIGRATION).where(_MIGRATION.c.id == migration.id, _MIGRATION.c.state == migration.state)
    written: Any = uow.session.connection().execute(held.values(claimed_until=uow.now + LEASE, **progress))
    if written.rowcount == 0:
        raise GivenUp


def leave_off(runtime: Runtime, migration: Migration) -> None:
    """Let another process go on with a migration at once."""
    with runtime.unit_of_work() as uow:
        uow.session.execute(update(_MIGRATION).where(_MIGRATION.c.id == migration.id).values(claimed_until=None))


def refuse_if(stopping: Event) -> None:
    """Raises GivenUp when this process is to stop."""
    if stopping.is_set():
        raise GivenUp
