"""Opens the database: SQLite for one machine, PostgreSQL beyond it, the same session either way."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from engine.errors import ConcurrentChange

READ_ONLY = "lookback_read_only"
CHANGED = "the record changed while this was under way; read it again"

PATIENCE_OF_SQLITE = 30_000
"""Milliseconds that a transaction waits for another one's end."""

_SERIALIZATION_FAILURE, _DEADLOCK_DETECTED, _LOCK_NOT_AVAILABLE, _TOOK_TOO_LONG = "40001", "40P01", "55P03", "57014"


class Database:
    """A database reached by URL, e.g. `sqlite:///lookback.db` or `postgresql+psycopg://…`."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        options: dict[str, Any] = {} if self.is_sqlite else {"pool_size": pool_size, "pool_pre_ping": True}
        self.engine: Engine = create_engine(
            parsed, json_serializer=_json_text, json_deserializer=orjson.loads, **options
        )
        if self.is_sqlite:
            _prepare_sqlite(self.engine)
        self._writing = sessionmaker(self.engine, expire_on_commit=False)
        self._reading = sessionmaker(self.engine.execution_options(**{READ_ONLY: True}), expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Generator[Session]:
        """A session whose work is committed as a whole at the end, or rolled back on any error.

        Raises ConcurrentChange when another transaction changed a row first.
        """
        try:
            with self._writing.begin() as session:
                yield session
        except StaleDataError as stale:
            raise ConcurrentChange(CHANGED) from stale
        except OperationalError as error:
            if _gave_way(error):
                raise ConcurrentChange(CHANGED) from error
            raise

    @contextmanager
    def reading(self) -> Generator[Session]:
        """A session for queries; what is changed in it is discarded."""
        with self._reading() as session:
            yield session

    @contextmanager
    def trying(self, patience: timedelta) -> Generator[Session]:
        """A session for finding out what a change would lead to: whatever is done in it is undone at the end.

        It waits for other transactions, and lets one statement run, no longer than `patience`; raises ConcurrentChange
        when that is not enough.
        """
        try:
            with self.engine.connect() as connection, _impatient(connection, patience), Session(connection) as session:
                yield session
                session.rollback()
        except StaleDataError as stale:
            raise ConcurrentChange(CHANGED) from stale
        except OperationalError as error:
            if _gave_way(error):
                raise ConcurrentChange(CHANGED) from error
            raise

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _impatient(connection: Connection, patience: timedelta) -> Generator[None]:
    """Let a connection wait no longer than this for locks; its transaction is rolled back at the end."""
    milliseconds = int(patience.total_seconds() * 1000)
    raw: Any = connection.connection.dbapi_connection
    try:
        if connection.dialect.name == "sqlite":
            raw.execute(f"PRAGMA busy_timeout={milliseconds}")  # before the transaction, whose beginning may wait
        else:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {milliseconds}")
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {milliseconds}")
        yield
    finally:
        connection.rollback()
        if connection.dialect.name == "sqlite":
            raw.execute(f"PRAGMA busy_timeout={PATIENCE_OF_SQLITE}")


def _json_text(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


def _gave_way(error: OperationalError) -> bool:
    """Whether the database ended this transaction in favour of another one."""
    if isinstance(error.orig, sqlite3.OperationalError):
        return error.orig.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    state = getattr(error.orig, "sqlstate", None)
    return state in {_SERIALIZATION_FAILURE, _DEADLOCK_DETECTED, _LOCK_NOT_AVAILABLE, _TOOK_TOO_LONG}


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA busy_timeout={PATIENCE_OF_SQLITE}")
        connection.execute("PRAGMA cache_size=-65536")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes the lock at once: upgrading from a read lock midway would fail with "database is locked".
        reading = connection.get_execution_options().get(READ_ONLY, False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
