"""To be written."""

from __future__ import annotations

from engine.listeners import Listener
from workflows.timekeeping import Timekeeping


class DeadlineListener(Listener):
    """To be written."""

    def __init__(self, timekeeping: Timekeeping) -> None:
        self._timekeeping = timekeeping
