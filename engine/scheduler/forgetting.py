"""The duty of forgetting idempotency keys that nobody can be repeating any more."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from typing import Final

from engine.idempotency import forget_keys
from engine.runtime import Runtime
from engine.scheduler.duty import Duty

KEPT_FOR: Final = timedelta(days=30)
"""Far longer than any client repeats a request."""

BATCH: Final = 1000


def forgetting(runtime: Runtime, *, every: timedelta = timedelta(hours=1)) -> Duty:
    """A duty that drops old idempotency keys, one bounded batch in each transaction."""

    def run(stopping: Event) -> None:
        while not stopping.is_set():
            with runtime.unit_of_work() as uow:
                dropped = forget_keys(uow, before=uow.now - KEPT_FOR, limit=BATCH)
            if dropped < BATCH:
                return

    return Duty("forget-keys", every, run)
