"""Sees the tasks that open while a step is made, so that nobody has to search for them afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.listeners import Listener
from engine.runtime import UnitOfWork
from engine.storage.models import UserTask


@dataclass(frozen=True)
class Opened:
    """A task that people may do now."""

    task_id: int
    element_id: str
    number: str
    created_at: datetime
    due_at: datetime | None


class Watcher(Listener):
    """Collects the tasks of the transaction under way; what a rolled back one opened must be forgotten."""

    def __init__(self) -> None:
        self._opened: list[Opened] = []

    def task_created(self, uow: UnitOfWork, task: UserTask, data: dict[str, Any]) -> None:
        self._opened.append(Opened(task.id, task.element_id, task.business_key, task.created_at, task.due_at))

    def take(self) -> list[Opened]:
        """What opened since the last time."""
        opened, self._opened = self._opened, []
        return opened
