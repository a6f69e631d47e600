"""The duty of firing due timers, signals and retries."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Event

from engine.jobs import sweep
from engine.runtime import Runtime
from engine.scheduler.duty import Duty

log = logging.getLogger(__name__)


def sweeping(runtime: Runtime, *, every: timedelta, batch: int) -> Duty:
    """A duty that sweeps batch after batch until nothing is due, so a long downtime is caught up in one go."""

    def run(stopping: Event) -> None:
        while not stopping.is_set():
            swept = sweep(runtime, limit=batch)
            if swept.failed:
                log.warning("%d due jobs failed; they are tried again later", swept.failed)
            if not swept.fired:
                return

    return Duty("sweep", every, run)
