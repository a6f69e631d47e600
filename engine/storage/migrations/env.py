"""Alembic runs this for every migration command; `engine.storage.migrate` puts the database URL and the package in."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from engine.storage.base import Base
from engine.storage.migrations.rendering import render_item, tables_of

ADVISORY_LOCK = 0x1006BAC7


def migrate() -> None:
    """Bring the database to the wanted revision in one transaction, or leave it as it was."""
    attributes = context.config.attributes
    with _exclusive_connection(attributes["url"]) as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            include_object=tables_of(attributes.get("package")),
            render_item=render_item,
            render_as_batch=True,
            transactional_ddl=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


@contextmanager
def _exclusive_connection(url: URL) -> Generator[Connection]:
    """A connection whose transaction keeps every other migration waiting."""
    engine = create_engine(url, poolclass=NullPool)
    is_sqlite = url.get_backend_name() == "sqlite"
    if is_sqlite:
        _prepare_sqlite(engine)
    with engine.begin() as connection:
        if not is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        yield connection
        if is_sqlite:
            _refuse_dangling_references(connection)


def _prepare_sqlite(engine: Engine) -> None:
    # Changing an SQLite table means copying and dropping it; with foreign keys on, the drop would delete its children.
    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA busy_timeout=30000")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _refuse_dangling_references(connection: Connection) -> None:
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if dangling:
        raise RuntimeError(f"the migration would leave rows without their parent: {dangling[:5]}")


migrate()
