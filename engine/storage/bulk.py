"""Writes many rows at once: their ids are reserved beforehand, and PostgreSQL takes them as one COPY."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final, cast

import psycopg
from psycopg.pq import PipelineStatus
from sqlalchemy import Connection, Table, func, insert, select, text
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import Insert

from engine.storage.base import Base, table_of

WORTH_THE_DRIVER: Final = 20
"""From so many rows on, going past SQLAlchemy to the driver saves more than it costs."""

Row = dict[str, Any]


def reserve_ids(session: Session, model: type[Base], count: int) -> list[int]:
    """Ids that new rows of a table may take in this transaction, and nobody else will."""
    if count == 0:
        return []
    table = table_of(model)
    if session.get_bind().dialect.name == "sqlite":  # its one writer holds the lock until it commits
        last = session.scalar(select(func.max(table.c.id))) or 0
        return list(range(last + 1, last + 1 + count))
    sequence = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
    return list(session.scalars(sequence, {"table": table.name, "count": count}))


def insert_rows(session: Session, model: type[Base], rows: Sequence[Row]) -> None:
    """Insert rows that nobody will touch again in this session; all must have the same columns."""
    if not rows:
        return
    connection = session.connection()
    table, columns = table_of(model), tuple(rows[0])
    if len(rows) < WORTH_THE_DRIVER or is_pipelined(connection):
        connection.execute(_insert(table), list(rows))
        return
    processors = _processors(table, columns, connection.dialect)
    values = [tuple(process(row[column]) for column, process in processors) for row in rows]
    if connection.dialect.name == "postgresql":
        _copy(connection, table, columns, values)
    else:
        places = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({_listed(columns)}) VALUES ({places})", values)


@contextmanager
def one_round_trip(session: Session) -> Generator[None]:
    """Statements inside, none of which is asked for its result, are told to PostgreSQL all at once at the end."""
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        yield
        return
    try:
        with _driver(connection).pipeline():
            yield
    except psycopg.OperationalError as error:
        raise OperationalError("one round trip", None, error) from error


def is_pipelined(connection: Connection) -> bool:
    """Whether statements are being collected for one round trip, where PostgreSQL takes no COPY."""
    if connection.dialect.name != "postgresql":
        return False
    return _driver(connection).pgconn.pipeline_status != PipelineStatus.OFF


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    return cast("psycopg.Connection[Any]", connection.connection.driver_connection)


def _copy(connection: Connection, table: Table, columns: Sequence[str], values: list[tuple[Any, ...]]) -> None:
    with (
        _driver(connection).cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({_listed(columns)}) FROM STDIN".encode()) as copy,
    ):
        for row in values:
            copy.write_row(row)


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


@lru_cache(maxsize=32)
def _insert(table: Table) -> Insert:
    return insert(table).inline()


@lru_cache(maxsize=64)
def _processors(table: Table, columns: tuple[str, ...], dialect: Dialect) -> list[tuple[str, Any]]:
    """How each column's value becomes what the driver takes; a value of no special type is passed on as it is."""
    types = ((column, table.c[column].type.dialect_impl(dialect)) for column in columns)
    return [(column, kind.bind_processor(dialect) or _unchanged) for column, kind in types]


def _unchanged(value: Any) -> Any:
    return value
