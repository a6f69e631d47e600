"""Reads an instance without changing it: its data and the path it took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.definitions.library import specification_of
from engine.errors import NotFound
from engine.history import of_instance
from engine.instances.script_engine import SandboxScriptEngine
from engine.instances.state import ended_data, thaw
from engine.instances.waiting import live_tasks
from engine.runtime import UnitOfWork
from engine.storage.models import Instance


@dataclass(frozen=True)
class PathStep:
    """One thing on an instance's path, in the words of the diagram."""

    at: datetime
    kind: str
    process_id: str | None
    element_id: str | None
    element_name: str | None
    actor: str | None
    data: dict[str, Any]


def read_data(uow: UnitOfWork, instance_id: int) -> dict[str, Any]:
    """The variables at the instance's tokens, later tokens over earlier ones. Raises NotFound."""
    instance = _instance(uow, instance_id)
    ended = ended_data(instance.state)
    if ended is not None:
        return ended
    specification = specification_of(uow.session, instance)
    engine = SandboxScriptEngine(uow, instance, specification)
    workflow = thaw(instance.state, instance.process_id, specification, engine)
    data: dict[str, Any] = {}
    for task in live_tasks(workflow):
        data.update(task.data)
    return data


def path_of(uow: UnitOfWork, instance_id: int) -> list[PathStep]:
    """Everything that happened, oldest first. Raises NotFound."""
    _instance(uow, instance_id)
    return [
        PathStep(row.at, row.kind, row.process_id, row.element_id, row.element_name, row.actor, row.data)
        for row in of_instance(uow.session, instance_id)
    ]


def _instance(uow: UnitOfWork, instance_id: int) -> Instance:
    instance = uow.session.get(Instance, instance_id)
    if instance is None:
        raise NotFound("instance", instance_id)
    return instance
