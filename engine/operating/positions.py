"""Where the tokens of one instance stand, and where a token may be put instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, EventBasedGateway, StartEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.definitions.library import specification_of
from engine.errors import NotFound
from engine.instances.failures import failure_of
from engine.instances.folding import LIVE
from engine.instances.script_engine import SandboxScriptEngine
from engine.instances.state import ended_data, thaw
from engine.instances.waiting import live_tasks
from engine.runtime import UnitOfWork
from engine.storage.models import Instance


class Standing(StrEnum):
    """What a token does where it stands: has failed, is with a person, has called a process, or waits for others."""

    FAILED = "failed"
    TASK = "task"
    CALLING = "calling"
    WAITING = "waiting"


@dataclass(frozen=True)
class Target:
    """An element before which a token may be put."""

    element_id: str
    name: str


@dataclass(frozen=True)
class Position:
    """A token at an element of a process; `depth` counts the calls above it, `targets` are those of its own process."""

    token: UUID
    process_id: str
    element_id: str
    name: str
    standing: Standing
    depth: int
    targets: Sequence[Target]


@dataclass(frozen=True)
class Inside:
    """An instance from within: its tokens, outer before inner, and the variables at them."""

    positions: Sequence[Position]
    variables: dict[str, Any]

    def position(self, token: UUID) -> Position:
        """The token's position. Raises NotFound when it has gone on."""
        found = next((each for each in self.positions if each.token == token), None)
        if found is None:
            raise NotFound("token", str(token))
        return found


def look_inside(uow: UnitOfWork, instance: Instance) -> Inside:
    """Open an instance to look at it; nothing of it changes."""
    ended = ended_data(instance.state)
    if ended is not None:
        return Inside((), ended)
    specification = specification_of(uow.session, instance)
    engine = SandboxScriptEngine(uow, instance, specification)
    workflow = thaw(instance.state, instance.process_id, specification, engine)
    variables: dict[str, Any] = {}
    for task in live_tasks(workflow):
        variables.update(task.data)
    return Inside(tuple(_positions(workflow)), variables)


def _positions(workflow: BpmnWorkflow) -> Iterator[Position]:
    for task in live_tasks(workflow):
        spec: Any = task.task_spec
        if not task.has_state(LIVE) or not getattr(spec, "bpmn_id", None) or isinstance(spec, BoundaryEvent):
            continue
        yield Position(
            token=task.id,
            process_id=task.workflow.spec.name,
            element_id=spec.bpmn_id,
            name=spec.bpmn_name or "",
            standing=_standing(task),
            depth=task.workflow.depth,
            targets=tuple(_targets(task)),
        )


def _standing(task: Task) -> Standing:
    if failure_of(task) is not None and task.has_state(TaskState.ERROR):
        return Standing.FAILED
    if task.has_state(TaskState.READY) and task.task_spec.manual:
        return Standing.TASK
    return Standing.CALLING if task.has_state(TaskState.STARTED) else Standing.WAITING


def _targets(task: Task) -> Iterator[Target]:
    """Not where a process begins, nor what belongs to an activity or to a gateway: those cannot be reached alone."""
    for spec in task.workflow.spec.task_specs.values():
        element_id = getattr(spec, "bpmn_id", None)
        if not element_id or spec.name != element_id or isinstance(spec, (BoundaryEvent, StartEvent)):
            continue
        if not any(isinstance(before, EventBasedGateway) for before in spec.inputs):
            yield Target(element_id, spec.bpmn_name or "")
