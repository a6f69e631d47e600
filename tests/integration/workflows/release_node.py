"""One node that deploys a scheduled release and may be killed: `python -m … URL NOW RELEASE [N]`.

With N the node kills itself just before its Nth SQL statement.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from itertools import count

from sqlalchemy import Engine, event

from engine.clock import ReplayClock
from engine.runtime import Runtime
from engine.storage.database import Database
from workflows.releases.duties import deploy_scheduled
from workflows.storage import tables

TABLES = tables.MAPPED


def main(url: str, now: str, release: str, dies_at: str | None = None) -> None:
    database = Database(url)
    if dies_at is not None:
        _die_at(database.engine, int(dies_at))
    deploy_scheduled(Runtime(database, ReplayClock(datetime.fromisoformat(now))), int(release))


def _die_at(engine: Engine, number: int) -> None:
    statements = count(1)

    @event.listens_for(engine, "before_cursor_execute")
    def _count(*_: object) -> None:
        if next(statements) == number:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
