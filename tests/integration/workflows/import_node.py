"""One import as a process that kills itself: `python -m tests.integration.workflows.import_node URL FILE N`.

It imports the valid rows, two at a time, and dies just before its Nth SQL statement.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, event

from engine.clock import ReplayClock
from engine.runtime import Runtime
from engine.storage.database import Database
from tests.integration.workflows.ledgers import imported
from workflows.ledger import importing
from workflows.ledger.importing import Mode


def main(url: str, file: str, dies_at: str) -> None:
    database = Database(url)
    _die_at(database.engine, int(dies_at))
    importing.BATCH = 2  # a few rows are several batches then
    imported(Runtime(database, ReplayClock(datetime(2022, 11, 8, 1, tzinfo=UTC))), Path(file), Mode.VALID_ONLY)


def _die_at(engine: Engine, number: int) -> None:
    statements = count(1)

    @event.listens_for(engine, "before_cursor_execute")
    def _count(*_: object) -> None:
        if next(statements) == number:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
