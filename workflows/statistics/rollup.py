"""Writes the rollup: adds sums to its rows, or puts it in place anew."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.storage.base import table_of
from engine.storage.bulk import insert_rows
from workflows.statistics.cells import Sums, row_of, without_zeros
from workflows.statistics.measures import Measure
from workflows.statistics.models import KEY, Statistic, StatisticChange

ALONE = text("LOCK TABLE statistic_change, statistic IN SHARE ROW EXCLUSIVE MODE")
"""Whoever would change a hazard waits from here to the end of the transaction, before the row itself is touched."""


def add_to_rollup(session: Session, sums: Sums) -> None:
    """Add sums to the rollup's rows, in the order of their keys, so that two nodes never wait for each other."""
    if rows := _rows(sums):
        session.connection().execute(_upsert(session.get_bind().dialect.name), rows)


def clear_rollup(session: Session) -> None:
    """Forget every figure and every change; nobody else can write either until this transaction ends."""
    if session.get_bind().dialect.name == "postgresql":  # on SQLite this transaction is the only writer already
        session.execute(ALONE)
    session.execute(delete(StatisticChange))
    session.execute(delete(Statistic))


def write_rollup(session: Session, sums: Sums) -> None:
    """Write rows that the rollup does not have."""
    insert_rows(session, Statistic, _rows(sums))


def _rows(sums: Sums) -> list[dict[str, Any]]:
    return [row_of(cell, here) for cell, here in sorted(without_zeros(sums).items())]


def _upsert(dialect: str) -> Any:
    table = table_of(Statistic)
    wanted: Any = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    added = {measure.value: table.c[measure.value] + wanted.excluded[measure.value] for measure in Measure}
    return wanted.on_conflict_do_update(index_elements=KEY, set_=added)
