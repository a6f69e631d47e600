"""A process that works on migrations and can be killed: `python -m …migrating.node URL NOW [N]`.

With N it kills itself just before its Nth SQL statement.
"""

from __future__ import annotations

import sys
from datetime import datetime
from threading import Event

from engine.clock import ReplayClock
from engine.migrating import work_on_next
from engine.runtime import Runtime
from engine.storage.database import Database
from tests.integration.engine.node import _die_at


def main(url: str, now: str, dies_at: str | None = None) -> None:
    database = Database(url)
    if dies_at is not None:
        _die_at(database.engine, int(dies_at))
    runtime = Runtime(database, ReplayClock(datetime.fromisoformat(now)))
    while work_on_next(runtime, Event()):
        print("worked", flush=True)  # noqa: T201 # the test reads it


if __name__ == "__main__":
    main(*sys.argv[1:])
