"""How the domain follows an instance: listeners that are told of its steps inside the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.runtime import UnitOfWork
    from engine.storage.models import Instance, UserTask


class Listener:
    """Override what you need; every method runs in the step's transaction, and an error rolls the step back."""

    def process_entered(self, uow: UnitOfWork, instance: Instance, process_id: str, data: dict[str, Any]) -> None:
        """A process or called process began (not embedded subprocesses)."""

    def process_left(self, uow: UnitOfWork, instance: Instance, process_id: str, data: dict[str, Any]) -> None:
        """A process or called process ended."""

    def task_created(self, uow: UnitOfWork, task: UserTask, data: dict[str, Any]) -> None:
        """A user task opened; its row is flushed, so it has an id."""

    def task_ended(self, uow: UnitOfWork, task: UserTask) -> None:
        """A user task was completed or cancelled; `task.status` tells which."""

    def instance_ended(self, uow: UnitOfWork, instance: Instance) -> None:
        """The instance was completed or cancelled; `instance.status` tells which."""
