"""Moves tokens: runs every automatic element until the workflow rests, and says what was passed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, Protocol
from uuid import UUID

from SpiffWorkflow.bpmn.specs.defaults import CallActivity
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.errors import EngineError, ExpressionError

MOST_ELEMENTS = 2_000

# SpiffWorkflow lists every token of a workflow for its log at each step unless its level is set.
for name in ("spiff.workflow", "spiff.task"):
    logging.getLogger(name).setLevel(logging.WARNING)


class Passage(Protocol):
    """Is told of each element that completed and each called process that began or ended."""

    def completed(self, task: Task) -> None: ...

    def entered(self, workflow: Any) -> None: ...

    def left(self, workflow: Any) -> None: ...


def run_to_rest(workflow: BpmnWorkflow, passage: Passage) -> None:
    """Run automatic elements until none is ready.

    Raises ExpressionError, naming the element, when an expression fails or the diagram goes round without rest.
    """
    passed = 0
    seen: set[UUID] = set(workflow.subprocesses)
    while not workflow.completed:
        ready = list(_ready_tasks(workflow))
        if not ready and not _resume_callers(workflow):
            return
        for task in ready:
            if task.has_state(TaskState.READY):
                run_one(task, passage)
                passed += 1
                _announce(workflow, seen, passage)
            if passed > MOST_ELEMENTS:
                raise ExpressionError(
                    f"the process passed {MOST_ELEMENTS} elements without coming to rest; it has a loop nobody can "
                    "leave, or repeats an element too often",
                    expression=workflow.spec.name,
                    element_id=task.task_spec.bpmn_id,
                )


def run_one(task: Task, passage: Passage) -> None:
    """Run one ready token and tell of it when it completed."""
    try:
        task.run()
    except EngineError:
        raise
    except SpiffWorkflowException as error:
        cause = next((e for e in (error.__cause__, error.__context__) if isinstance(e, EngineError)), None)
        raise cause or ExpressionError(str(error), expression="", element_id=task.task_spec.name) from error
    if task.has_state(TaskState.COMPLETED):
        passage.completed(task)
        if isinstance(task.task_spec, UnstructuredJoin):
            _forget_joined(task)


def _ready_tasks(workflow: BpmnWorkflow) -> Iterator[Task]:
    for each in (workflow, *workflow.subprocesses.values()):
        if not each.completed:
            for task in each.tasks.values():
                if task.has_state(TaskState.READY) and not task.task_spec.manual:
                    yield task


def _resume_callers(workflow: BpmnWorkflow) -> bool:
    resumed = False
    for token, inner in list(workflow.subprocesses.items()):
        caller = workflow.get_task_from_id(token)
        if inner.completed and caller is not None and caller.has_state(TaskState.STARTED):
            caller.task_spec._update(caller)
            resumed = caller.has_state(TaskState.READY) or resumed
    return resumed


def _announce(workflow: BpmnWorkflow, seen: set[UUID], passage: Passage) -> None:
    """Tell of called processes that began; and of those that ended, whose states are dropped."""
    for token, inner in list(workflow.subprocesses.items()):
        caller = workflow.get_task_from_id(token)
        called = caller is not None and isinstance(caller.task_spec, CallActivity)
        if token not in seen:
            seen.add(token)
            if called:
                passage.entered(inner)
        if caller is None or caller.has_state(TaskState.FINISHED_MASK):
            if called and inner.completed:
                passage.left(inner)
            del workflow.subprocesses[token]


def _forget_joined(join: Task) -> None:
    """Drop the sibling tokens that a join counted, so that they are not counted again on the next round."""
    others = [
        task
        for task in join.workflow.tasks.values()
        if task is not join and task.task_spec is join.task_spec and task.has_state(TaskState.CANCELLED)
    ]
    for task in others:
        if not task.children and task.parent is not None:
            join.workflow._remove_task(task.id)
