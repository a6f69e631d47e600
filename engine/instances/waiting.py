"""What an instance waits for at rest, as plain values that can be compared before and after a step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import SignalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.definitions.timers import JobTimer
from engine.instances.failures import failure_of
from engine.instances.scopes import Trigger, triggers_of
from engine.storage.models import SubscriptionKind


@dataclass(frozen=True)
class AwaitedTimer:
    token: UUID
    key: str
    at: str


@dataclass(frozen=True)
class AwaitedEvent:
    token: UUID
    kind: SubscriptionKind
    name: str
    process_id: str
    element_id: str


@dataclass
class Waiting:
    """Open user tasks and incidents by token, timers and awaited events as a set."""

    user_tasks: dict[UUID, Task] = field(default_factory=dict)
    incidents: dict[UUID, Task] = field(default_factory=dict)
    timers: set[AwaitedTimer] = field(default_factory=set)
    events: set[AwaitedEvent] = field(default_factory=set)


def waiting_of(workflow: BpmnWorkflow) -> Waiting:
    """Everything the workflow and its running subprocesses wait for."""
    waiting = Waiting()
    for task in live_tasks(workflow):
        if task.has_state(TaskState.READY) and task.task_spec.manual:
            waiting.user_tasks[task.id] = task
        elif task.has_state(TaskState.ERROR) and failure_of(task):
            waiting.incidents[task.id] = task
        elif task.has_state(TaskState.WAITING):
            for definition in _definitions(task):
                _note(waiting, task, definition)
    for trigger in triggers_of(workflow):
        _note_trigger(waiting, trigger)
    return waiting


def live_tasks(workflow: BpmnWorkflow) -> Iterator[Task]:
    """Every token of the workflow and of its subprocesses that have not ended."""
    yield from list(workflow.tasks.values())
    for inner in list(workflow.subprocesses.values()):
        if not inner.completed:
            yield from list(inner.tasks.values())


def timers_of(task: Task) -> Iterator[JobTimer]:
    """The timers that a token waits for; none unless it is waiting."""
    if task.has_state(TaskState.WAITING):
        yield from (definition for definition in _definitions(task) if isinstance(definition, JobTimer))


def _definitions(task: Task) -> list[Any]:
    definition: Any = getattr(task.task_spec, "event_definition", None)
    if isinstance(definition, MultipleEventDefinition):
        return list(definition.event_definitions)
    return [definition] if definition is not None else []


def _note(waiting: Waiting, task: Task, definition: Any) -> None:
    place = task.workflow.spec.name, task.task_spec.bpmn_id
    match definition:
        case JobTimer():
            due = definition.next_due(task)
            if due is not None:
                waiting.timers.add(AwaitedTimer(task.id, definition.key, due["at"]))
        case MessageEventDefinition():
            waiting.events.add(AwaitedEvent(task.id, SubscriptionKind.MESSAGE, definition.name, *place))
        case SignalEventDefinition():
            waiting.events.add(AwaitedEvent(task.id, SubscriptionKind.SIGNAL, definition.name, *place))
        case _:
            pass


def _note_trigger(waiting: Waiting, trigger: Trigger) -> None:
    token, start = trigger.scope.task_tree.id, trigger.start
    place = trigger.scope.spec.name, start.bpmn_id
    match start.event_definition:
        case MessageEventDefinition(name=name):
            waiting.events.add(AwaitedEvent(token, SubscriptionKind.MESSAGE, name, *place))
        case SignalEventDefinition(name=name):
            waiting.events.add(AwaitedEvent(token, SubscriptionKind.SIGNAL, name, *place))
        case _:
            pass
