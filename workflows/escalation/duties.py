"""What the scheduler does for escalations: releasing held notices and delivering the day's digests."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

from engine.runtime import Runtime
from engine.scheduler import Duty
from workflows.escalation.digests import deliver_digests
from workflows.escalation.notices import release_held
from workflows.timekeeping import Timekeeping


def releasing(runtime: Runtime, *, every: timedelta, batch: int) -> Duty:
    """A duty that delivers the notices held through the quiet hours, batch after batch, until none is left."""

    def run(stopping: Event) -> None:
        while not stopping.is_set():
            with runtime.unit_of_work() as uow:
                released = release_held(uow, limit=batch)
            if released < batch:
                return

    return Duty("notices", every, run)


def digesting(runtime: Runtime, timekeeping: Timekeeping, *, every: timedelta) -> Duty:
    """A duty that delivers the day's digests; called again on the same day it finds nothing to do."""
    return Duty("digests", every, lambda stopping: deliver_digests(runtime, timekeeping, stopping))
