"""Writes single rows that a step touched, past the session's unit of work, which costs more than the statement itself.

The objects stay in the session as if it had written them. For hot paths only; everywhere else the session does it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Protocol, cast

from sqlalchemy import Table, bindparam, insert, inspect, update
from sqlalchemy.orm import Mapped, Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.dml import Insert, Update

from engine.errors import ConcurrentChange
from engine.storage.bulk import is_pipelined
from engine.storage.database import CHANGED


class Versioned(Protocol):
    """A mapped row with a number and a version."""

    id: Mapped[int]
    version: Mapped[int]


def update_row(session: Session, row: Versioned) -> None:
    """Write what was changed of a row and count its version up. Raises ConcurrentChange when another did so first.

    Within one round trip nobody can be asked: the row must have been locked by this transaction when it was read.
    """
    state = inspect(row)
    changed = tuple(sorted(name for name in state.mapper.columns.keys() if name not in state.unmodified))  # noqa: SIM118
    if not changed:
        return
    values = {name: getattr(row, name) for name in changed}
    table = cast("Table", type(row).__table__)  # pyright: ignore[reportAttributeAccessIssue] # every mapped class has one
    key = {"of_id": row.id, "of_version": row.version, "version": row.version + 1}
    connection = session.connection()
    written = connection.execute(_update(table, changed), {**values, **key})
    if not is_pipelined(connection) and written.rowcount != 1:
        raise ConcurrentChange(CHANGED)
    set_committed_value(row, "version", row.version + 1)
    # What the session does after its own writing; without it, the commit would compare the row once more.
    state._commit_all(state.dict, session.identity_map)


def insert_row(session: Session, row: Versioned) -> None:
    """Insert a new row, whose attributes are all set but for its number, and keep it in the session."""
    table = cast("Table", type(row).__table__)  # pyright: ignore[reportAttributeAccessIssue] # every mapped class has one
    set_committed_value(row, "version", 1)
    values = {name: value for name, value in vars(row).items() if name in table.c}
    number: Any = session.connection().execute(_insert(table), values).scalar_one()
    set_committed_value(row, "id", number)
    make_transient_to_detached(row)
    session.add(row)


@lru_cache(maxsize=64)
def _update(table: Table, changed: tuple[str, ...]) -> Update:
    statement = update(table).where(table.c.id == bindparam("of_id"), table.c.version == bindparam("of_version"))
    return statement.values({name: bindparam(name) for name in (*changed, "version")})


@lru_cache(maxsize=16)
def _insert(table: Table) -> Insert:
    return insert(table).returning(table.c.id)
