"""One node as a process of its own, which a test can kill: `python -m tests.integration.engine.node URL NOW WORK [N]`.

WORK is `sweep` or the id of a task to complete. With N the node kills itself just before its Nth SQL statement.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from itertools import count

from sqlalchemy import Engine, event

from engine import jobs, tasks
from engine.clock import ReplayClock
from engine.runtime import Runtime
from engine.storage.database import Database


def main(url: str, now: str, work: str, dies_at: str | None = None) -> None:
    database = Database(url)
    if dies_at is not None:
        _die_at(database.engine, int(dies_at))
    runtime = Runtime(database, ReplayClock(datetime.fromisoformat(now)))
    if work == "sweep":
        _sweep_until_idle(runtime)
    else:
        with runtime.unit_of_work() as uow:
            tasks.complete(uow, int(work), tasks.Actor("ann"), {})


def _sweep_until_idle(runtime: Runtime) -> None:
    while not (result := jobs.sweep(runtime, limit=5)).is_idle:
        print(result.fired, flush=True)  # noqa: T201 # the test reads it


def _die_at(engine: Engine, number: int) -> None:
    statements = count(1)

    @event.listens_for(engine, "before_cursor_execute")
    def _count(*_: object) -> None:
        if next(statements) == number:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
