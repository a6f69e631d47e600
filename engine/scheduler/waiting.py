"""Keeps a process alive for its scheduler until the operating system asks it to end."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from socket import socket, socketpair
from types import FrameType

from engine.scheduler.scheduler import Scheduler

ENDING = (signal.SIGINT, signal.SIGTERM)


def run_until_told(scheduler: Scheduler, *, begun: Callable[[], object] | None = None) -> None:
    """Run the duties until SIGTERM or SIGINT; returns after the last transaction. Main thread only.

    `begun` is called once the process can be told.
    """
    with _ending_signals() as signals, scheduler:
        if begun is not None:
            begun()
        while signals.recv(1)[0] not in ENDING:
            pass


@contextmanager
def _ending_signals() -> Generator[socket]:
    """A socket that receives the number of each signal.

    A signal that comes just before the main thread begins to wait for a lock or an event does not wake it; what is
    written to a socket stays there until it is read.
    """
    receiver, sender = socketpair()
    sender.setblocking(False)
    with receiver, sender:
        woken_before = signal.set_wakeup_fd(sender.fileno())
        handled_before = {each: signal.signal(each, _be_told) for each in ENDING}
        try:
            yield receiver
        finally:
            for each, handler in handled_before.items():
                signal.signal(each, handler)
            signal.set_wakeup_fd(woken_before)


def _be_told(_signal: int, _frame: FrameType | None) -> None:
    """Nothing more is to be done: the number is in the socket."""
