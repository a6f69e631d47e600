"""Fills a database with open timers or tasks by the hundred thousand, in SQL."""

from __future__ import annotations

from sqlalchemy import text

from engine.storage.database import Database

GROUPS = 5_000


def open_timers(database: Database, count: int) -> None:
    """Timers of as many instances, none of them due."""
    with database.transaction() as session:
        first = session.execute(text("SELECT coalesce(max(id), 0) + 1 FROM instance")).scalar_one()
        numbers = _numbers(database, first, count)
        source = "numbers" if database.is_sqlite else f"{numbers} AS n"
        prefix = f"{numbers} " if database.is_sqlite else ""
        false = "0" if database.is_sqlite else "false"
        copied = "process_id, content_hash, status, state, version, started_by, started_at"
        session.execute(
            text(
                f"{prefix}INSERT INTO instance (id, definition_id, business_key, {copied}) "
                f"SELECT n, definition_id, 'T-' || n, {copied} "
                f"FROM {source}, (SELECT * FROM instance ORDER BY id LIMIT 1) AS first"
            )
        )
        session.execute(
            text(
                f"{prefix}INSERT INTO job (instance_id, kind, due_at, payload, attempts, paused) "
                f"SELECT n, 'timer', '2030-01-01 00:00:00+00:00', '{{}}', 0, {false} FROM {source}"
            )
        )
    _analyze(database)


def open_tasks(database: Database, count: int) -> list[str]:
    """Open tasks of one instance, each offered to one of many groups; returns the groups."""
    with database.transaction() as session:
        first = session.execute(text("SELECT coalesce(max(id), 0) + 1 FROM user_task")).scalar_one()
        numbers = _numbers(database, first, count)
        source = "numbers" if database.is_sqlite else f"{numbers} AS n"
        prefix = f"{numbers} " if database.is_sqlite else ""
        token = "printf('%032x', n)" if database.is_sqlite else "lpad(to_hex(n), 32, '0')::uuid"
        due = (
            "strftime('%Y-%m-%d %H:%M:%S.000000', '2022-12-01', '+' || (n % 5000) || ' minutes')"
            if database.is_sqlite
            else "timestamptz '2022-12-01 00:00:00+00' + (n % 5000) * interval '1 minute'"
        )
        false = "0" if database.is_sqlite else "false"
        session.execute(
            text(
                f"{prefix}INSERT INTO user_task (id, instance_id, token, business_key, process_id, element_id, name, "
                "status, excluded, priority, created_at, due_at, version) "
                f"SELECT n, (SELECT min(id) FROM instance), {token}, 'T-' || n, 'p', 'a', '整改', 'open', '[]', 50, "
                f"'2022-11-08 00:00:00+00:00', {due}, 1 FROM {source}"
            )
        )
        session.execute(
            text(
                f"{prefix}INSERT INTO task_candidate (task_id, identity, due_at, held) "
                f"SELECT n, 'group:g' || (n % {GROUPS}), {due}, {false} FROM {source}"
            )
        )
    _analyze(database)
    return [f"g{number}" for number in range(GROUPS)]


def _numbers(database: Database, first: int, count: int) -> str:
    last = first + count - 1
    if database.is_sqlite:
        return f"WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})"
    return f"generate_series({first}, {last})"


def _analyze(database: Database) -> None:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
