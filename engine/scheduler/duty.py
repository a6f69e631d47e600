"""A duty: something the scheduler does again and again, under a name that the log and the metrics show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Duty:
    """`run` is called every so often; it looks at rows for what is due, so a call that is missed loses nothing.

    `run` receives an event that is set when the process is to stop: long work looks at it between two transactions.
    """

    name: str
    every: timedelta
    run: Callable[[Event], object]

    def __post_init__(self) -> None:
        if self.every < ONE_SECOND / 100:
            raise ValueError(f"duty {self.name}: every {self.every} is too often")
