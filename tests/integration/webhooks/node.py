"""A dispatching node as a process of its own: `python -m tests.integration.webhooks.node URL NOW [N]`.

Its clock stands at NOW and jumps ahead by an hour whenever there is nothing to do. With N the node kills itself just
before its Nth SQL statement, in whichever thread that falls.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import Engine, event

from engine.clock import ReplayClock
from engine.storage.database import Database
from tests.integration.webhooks.conftest import PATIENT, VAULT
from webhooks.channels.hook import Hook
from webhooks.dispatcher import Dispatcher
from webhooks.models import EndpointKind
from webhooks.sending import Sender

IDLE_ROUNDS = 24


def main(url: str, now: str, dies_at: str | None = None) -> None:
    database, clock = Database(url), ReplayClock(datetime.fromisoformat(now))
    if dies_at is not None:
        _die_at(database.engine, int(dies_at))
    hook = Hook(Sender(PATIENT.reach, PATIENT.limits))
    dispatcher = Dispatcher(database, clock, PATIENT, {EndpointKind.HOOK: hook}, VAULT)
    idle = 0
    while idle < IDLE_ROUNDS:
        idle = idle + 1 if dispatcher.dispatch_once().is_idle else 0
        if idle:
            clock.advance(timedelta(hours=1))


def _die_at(engine: Engine, number: int) -> None:
    statements = count(1)

    @event.listens_for(engine, "before_cursor_execute")
    def _count(*_: object) -> None:
        if next(statements) == number:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
