"""Writes down, in the same transaction, by how much a change of hazards changes the figures.

It listens to the session. Who writes hazards past the session (no code of ours does, except for columns that are not
counted) must rebuild the figures afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from engine.storage.bulk import insert_rows
from workflows.hazards.models import Hazard
from workflows.hazards.words import Origin
from workflows.statistics.cells import COLUMNS, Known, Sums, add, counts_of, row_of, without_zeros
from workflows.statistics.models import StatisticChange

BEFORE_INSERT: Final[Mapping[str, Any]] = {"origin": Origin.NEW, "returns": 0, "listed": False, "exposed": False}
"""What the columns of a new row hold by default, which SQLAlchemy fills in only when it inserts."""


@event.listens_for(Session, "before_flush")
def _record(session: Session, _context: Any, _instances: Any) -> None:
    changed: Sums = {}
    for row in session.new:
        if isinstance(row, Hazard):
            add(changed, counts_of(_new(row)))
    for row in session.dirty:
        if isinstance(row, Hazard):
            _add_change(session, row, changed)
    insert_rows(session, StatisticChange, [row_of(cell, here) for cell, here in without_zeros(changed).items()])


def _add_change(session: Session, row: Hazard, changed: Sums) -> None:
    before, after = _stored(session, row), _present(row)
    if before != after:
        add(changed, counts_of(before), sign=-1)
        add(changed, counts_of(after))


def _new(row: Hazard) -> Known:
    told: dict[str, Any] = {name: getattr(row, name) for name in Known._fields}
    for name, value in BEFORE_INSERT.items():
        told[name] = value if told[name] is None else told[name]
    return Known(**told)


def _present(row: Hazard) -> Known:
    return Known(*(getattr(row, name) for name in Known._fields))


def _stored(session: Session, row: Hazard) -> Known:
    """What the database holds: remembered by the session, or read once more where it forgot."""
    attributes = inspect(row).attrs
    values: list[Any] = []
    for name in Known._fields:
        history = attributes[name].history
        if history.added and not history.deleted:
            stored = session.connection().execute(select(*COLUMNS).where(Hazard.id == row.id)).one()
            return Known(*stored)
        values.append(history.deleted[0] if history.deleted else getattr(row, name))
    return Known(*values)
