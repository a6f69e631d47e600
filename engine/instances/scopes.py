"""Event subprocesses: each running scope (a process, called process or subprocess) may have some, and awaits them.

SpiffWorkflow starts only those of the top process, and never interrupts the rest of a scope; here both are done.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.util.event import BpmnEvent, EventManager
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.instances.failures import FAILURE
from engine.instances.folding import LIVE


class ScopedWorkflow(BpmnWorkflow):
    """A workflow whose scopes, the inner ones too, catch the events of their event subprocesses."""

    def __init__(self, *specifications: Any, **options: Any) -> None:
        super().__init__(*specifications, **options)
        self.event_manager = ScopedEvents(self)


class ScopedEvents(EventManager):
    """Begins the event subprocesses that an event is meant for, before the event is handed to whoever waits."""

    def update_collaboration(self, event: BpmnEvent) -> None:
        for trigger in list(triggers_of(self.workflow)):
            if trigger.start.event_definition == event.event_definition:
                _begin(trigger)


@dataclass(frozen=True)
class Trigger:
    """An event subprocess that could begin now: the scope it lies in, its name, and its start event."""

    scope: Any
    name: str
    start: Any


def triggers_of(workflow: BpmnWorkflow) -> Iterator[Trigger]:
    """The event subprocesses that a running workflow waits for, in every scope that no other has interrupted."""
    for scope in (workflow, *workflow.subprocesses.values()):
        if scope.completed or not scope.spec.start.trigger_specs or _is_interrupted(workflow, scope):
            continue
        for name in scope.spec.start.trigger_specs:
            for start in workflow.subprocess_specs[name].bpmn_start_events:
                yield Trigger(scope, name, start)


def cancel_with_all_below(task: Task) -> None:
    """Cancel a token and every token after it, failed ones too."""
    task.cancel()
    for below in list(task):
        if below.has_state(TaskState.NOT_FINISHED_MASK | TaskState.ERROR):
            below._set_state(TaskState.CANCELLED)
            below.internal_data.pop(FAILURE, None)
            below.task_spec._on_cancel(below)


def _begin(trigger: Trigger) -> None:
    root = trigger.scope.task_tree
    root.data = _data_of(trigger.scope)
    if trigger.start.is_interrupting:
        for child in list(root.children):
            cancel_with_all_below(child)
    trigger.scope.spec.start.trigger_wf(root, trigger.name)


def _data_of(scope: Any) -> dict[str, Any]:
    """The variables at a scope's tokens as they are now, later tokens over earlier ones."""
    data: dict[str, Any] = {}
    for task in scope.tasks.values():
        if task.has_state(LIVE):
            data.update(deepcopy(task.data))
    return data


def _is_interrupted(workflow: BpmnWorkflow, scope: Any) -> bool:
    names = set(scope.spec.start.trigger_specs)
    return any(
        child.task_spec.name in names
        and child.has_state(TaskState.NOT_FINISHED_MASK)
        and any(start.is_interrupting for start in workflow.subprocess_specs[child.task_spec.spec].bpmn_start_events)
        for child in scope.task_tree.children
    )
