"""Keeps a process alive for its scheduler until the operating system asks it to end."""

from __future__ import annotations

import signal
from collections.abc import Callable
from threading import Event
from types import FrameType

from engine.scheduler.scheduler import Scheduler

ENDING = (signal.SIGINT, signal.SIGTERM)


def run_until_told(
    scheduler: Scheduler, told: Event | None = None, *, begun: Callable[[], object] | None = None
) -> None:
    """Run the duties until SIGTERM, SIGINT or `told`; returns after the last transaction. Main thread only.

    `begun` is called once the process can be told.
    """
    told = told or Event()

    def tell(_signal: int, _frame: FrameType | None) -> None:
        told.set()

    before = {each: signal.signal(each, tell) for each in ENDING}
    try:
        with scheduler:
            if begun is not None:
                begun()
            told.wait()
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
