"""The duty of forgetting what was delivered long ago, one bounded batch in each transaction."""

from __future__ import annotations

from datetime import timedelta
from threading import Event

from engine.runtime import Runtime
from engine.scheduler import Duty
from webhooks.forgetting import BATCH, Retention, forget_calls, forget_events


def forgetting_deliveries(runtime: Runtime, retention: Retention, *, every: timedelta = timedelta(hours=1)) -> Duty:
    """A duty that drops old events, deliveries and calls."""

    def run(stopping: Event) -> None:
        after: int | None = 0
        while after is not None and not stopping.is_set():
            with runtime.unit_of_work() as uow:
                after = forget_events(uow, retention, after=after)
        dropped = BATCH
        while dropped == BATCH and not stopping.is_set():
            with runtime.unit_of_work() as uow:
                dropped = forget_calls(uow, retention)

    return Duty("forget-deliveries", every, run)
