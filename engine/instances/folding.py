"""Folds what is done out of a token tree, so that an instance returned a hundred times costs what a fresh one does.

Kept are the waiting tokens, their ancestors, and what a join still has to count. A run of completed ancestors between
two of these collapses. What happened is told by the history rows, not by the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.control import EventSplit
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.specs.Join import Join
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

LIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED | TaskState.ERROR


@dataclass(frozen=True)
class FoldedTask:
    """A token that is kept: its place in the folded tree, and whether its data are still needed."""

    task: Task
    parent: int
    with_data: bool


def fold(workflow: Any) -> list[FoldedTask]:
    """The tokens of one workflow that are worth keeping, parents before children."""
    kept = _kept(workflow)
    counted = {task.parent.id for task in kept.values() if _is_join(task) and task.parent is not None}
    folded: list[FoldedTask] = []
    _collect(workflow.task_tree, -1, kept, counted, folded)
    return folded


def _kept(workflow: Any) -> dict[UUID, Task]:
    live = [task for task in workflow.tasks.values() if task.has_state(LIVE)]
    waiting_joins = {task.task_spec.name for task in live if isinstance(task.task_spec, UnstructuredJoin)}
    ends = live + [
        task
        for task in workflow.tasks.values()
        if task.has_state(TaskState.CANCELLED) and task.task_spec.name in waiting_joins
    ]
    kept: dict[UUID, Task] = {workflow.task_tree.id: workflow.task_tree}
    for task in ends:
        for ancestor in _with_ancestors(task):
            if ancestor.id in kept:
                break
            kept[ancestor.id] = ancestor
    return kept


def _with_ancestors(task: Task | None) -> Iterator[Task]:
    while task is not None:
        yield task
        task = task.parent


def _collect(task: Task, parent: int, kept: dict[UUID, Task], counted: set[UUID], folded: list[FoldedTask]) -> None:
    stack = [(task, parent)]
    while stack:
        task, parent = stack.pop()
        children = [child for child in task.children if child.id in kept]
        while _is_collapsible(task, children, counted, parent):
            task = children[0]
            children = [child for child in task.children if child.id in kept]
        needed = task.has_state(LIVE) or task.id in counted
        folded.append(FoldedTask(task, parent, needed))
        here = len(folded) - 1
        stack.extend((child, here) for child in reversed(children))


def _is_collapsible(task: Task, children: list[Task], counted: set[UUID], parent: int) -> bool:
    if parent < 0 or len(children) != 1 or task.id in counted or not task.has_state(TaskState.COMPLETED):
        return False
    return not isinstance(task.task_spec, EventSplit) or children[0].has_state(TaskState.COMPLETED)


def _is_join(task: Task) -> bool:
    return isinstance(task.task_spec, Join)
