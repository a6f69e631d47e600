"""Boundary events of an activity that goes over to another version: some stay, some go, some are new.

SpiffWorkflow's migration knows only of elements that are there on both sides; it resets an activity to make its
boundary events anew, and forgets its data, its due date and which reminders were sent. Here the activity's own token
is never touched: tokens beside it are taken away or added.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.instances.folding import LIVE
from engine.migrating.judging import is_kept
from engine.migrating.pairing import SPLIT, Pairing


@dataclass(frozen=True)
class Addition:
    """A boundary event that the new version adds to an activity on which somebody works."""

    activity: Task
    spec: Any


def take_away(scope: Any, pairing: Pairing) -> None:
    """Remove the tokens of boundary events that the new version has no longer, and splits that have lost their use."""
    for token in list(scope.tasks.values()):
        if token.id in scope.tasks and token.has_state(LIVE) and _has_gone(token.task_spec, pairing):
            scope._remove_task(token.id)
    for split in list(scope.tasks.values()):
        if isinstance(split.task_spec, BoundaryEventSplit) and pairing.target(split.task_spec.name) is None:
            _lift_out(split)


def _has_gone(spec: Any, pairing: Pairing) -> bool:
    if isinstance(spec, BoundaryEventJoin):
        return pairing.target(spec.name) is None
    return isinstance(spec, BoundaryEvent) and not is_kept(spec.name, pairing)


def additions(scope: Any, pairing: Pairing) -> list[Addition]:
    """The boundary events that the new version adds to the activities under way; asked before the tokens go over."""
    return [
        Addition(token, spec)
        for token in scope.tasks.values()
        if token.has_state(LIVE) and token.task_spec.name in pairing.elements
        for spec in _added(token.task_spec.name, pairing)
    ]


def add(addition: Addition) -> None:
    """Let a new boundary event begin to wait, as if the activity had just been reached."""
    split = _split_of(addition.activity)
    split.data = deepcopy(addition.activity.data)
    token = split._add_child(addition.spec, TaskState.FUTURE)
    addition.spec._predict(token, mask=TaskState.NOT_FINISHED_MASK)
    addition.spec._update(token)


def _added(activity: str, pairing: Pairing) -> Iterator[Any]:
    new = pairing.element(activity)
    split = pairing.new.task_specs.get(f"{new.name}{SPLIT}") if new is not None else None
    if split is None:
        return
    former = pairing.old.task_specs.get(f"{activity}{SPLIT}")
    known = (
        {pairing.target(spec.name) for spec in former.outputs if _stays(spec, pairing)} if former is not None else set()
    )
    yield from (spec for spec in split.outputs if isinstance(spec, BoundaryEvent) and spec not in known)


def _stays(spec: Any, pairing: Pairing) -> bool:
    """Whether a boundary event is there on both sides; then it is not added, even if it has fired for good."""
    return isinstance(spec, BoundaryEvent) and is_kept(spec.name, pairing)


def _split_of(activity: Task) -> Task:
    """The token under which an activity and its boundary events stand; put there when there was none."""
    parent = activity.parent
    if parent is not None and parent.task_spec.name == f"{activity.task_spec.name}{SPLIT}":
        return parent
    scope = activity.workflow
    spec = scope.spec.task_specs[f"{activity.task_spec.name}{SPLIT}"]
    split = Task(scope, spec, parent, TaskState.COMPLETED)
    _hand_over([activity], parent, split)
    return split


def _lift_out(split: Task) -> None:
    """Put what stands under a split in its place."""
    parent = split.parent
    _hand_over(split.children, split, parent)
    parent._children.remove(split.id)
    del split.workflow.tasks[split.id]


def _hand_over(tokens: list[Task], old: Any, new: Any) -> None:
    for token in tokens:
        old._children.remove(token.id)
        token.parent = new
        new._children.append(token.id)
