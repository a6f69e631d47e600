"""`python -m bench.migrating [COUNT]`: how many instances are looked at, moved and moved back in a second."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

from engine import instances, migrating
from engine.clock import SystemClock
from engine.definitions import deploy
from engine.definitions.library import latest
from engine.runtime import Runtime, UnitOfWork
from engine.storage.database import Database
from tests.databases import DatabaseSource, PostgresqlDatabases, SqliteFiles, postgresql_server
from tests.diagrams import boundary, diagram, end, flows, process, script_task, start, timer, user_task

COUNT = 2_000
DATA = {
    "hazard": {"number": "H-1", "title": "后厨燃气软管老化", "severity": "general", "steps": "停气；更换；打压" * 8}
}


def main(count: int) -> None:
    """Print the figures of both databases."""
    with tempfile.TemporaryDirectory() as folder:
        _measure("SQLite", SqliteFiles(Path(folder)), count)
    with postgresql_server() as socket_folder:
        _measure("PostgreSQL", PostgresqlDatabases(socket_folder), count)


def _diagram(name: str) -> bytes:
    ladder = timer("timeCycle", "['2099-01-01T00:00:00+00:00', '2099-02-01T00:00:00+00:00']")
    note = script_task("note", "noted = True")
    return diagram(
        process(
            "p", start(), user_task(name), boundary("late", name, ladder, interrupting=False), note, user_task("z"),
            end(), end("told"), flows("start", name, "z", "end"), flows("late", "note", "told"),
        )
    )  # fmt: skip


def _measure(database_name: str, source: DatabaseSource, count: int) -> None:
    url = source.fresh()
    database = Database(url)
    runtime = Runtime(database, SystemClock())
    before, after = _prepared(runtime, count)
    with runtime.unit_of_work() as uow:
        number = migrating.begin(uow, from_id=before, to_id=after, by="bench", mapping={"p": {"a": "b"}}).id
    for what, decide in (("looked at", None), ("moved", migrating.run), ("moved back", migrating.undo)):
        seconds = _timed(runtime, number, decide)
        print(f"{database_name}: {count / seconds:,.0f} instances/s {what}")
    database.close()
    source.drop(url)


def _prepared(runtime: Runtime, count: int) -> tuple[int, int]:
    definitions: list[int] = []
    for name in ("a", "b"):
        with runtime.unit_of_work() as uow:
            deploy(uow, {"p.bpmn": _diagram(name)}, by="bench")
            definitions.append(latest(uow.session, "p").id)
        if name == "a":
            with runtime.unit_of_work() as uow:
                instances.start_many(uow, "p", [(f"H-{n}", DATA) for n in range(count)], by="bench")
    return definitions[0], definitions[1]


def _timed(runtime: Runtime, number: int, decide: Callable[..., None] | None) -> float:
    if decide is not None:
        with runtime.unit_of_work() as uow:
            decide(uow, _migration(uow, number), by="bench")
    begun = time.perf_counter()
    while migrating.work_on_next(runtime, Event()):
        pass
    return time.perf_counter() - begun


def _migration(uow: UnitOfWork, number: int) -> migrating.Migration:
    return migrating.migration_of(uow.session, number)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
