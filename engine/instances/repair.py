"""Mends instances by hand: retries a failed service task, moves a token to another element."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.errors import NotFound, WrongState
from engine.history import HistoryKind
from engine.idempotency import done_once
from engine.instances.failures import FAILURE, failure_of
from engine.instances.scopes import cancel_with_all_below
from engine.instances.steps import Step, close_step, open_step
from engine.runtime import UnitOfWork
from engine.storage.models import Incident, Instance


def retry(
    uow: UnitOfWork,
    incident_id: int,
    *,
    by: str,
    idempotency_key: str | None = None,
    expected_version: int | None = None,
) -> Instance:
    """Run a failed service task again now. `expected_version` is the instance's.

    Raises NotFound, WrongState when the incident is resolved, and ConcurrentChange when the instance was changed.
    """
    incident = uow.session.get(Incident, incident_id)
    if incident is None:
        raise NotFound("incident", incident_id)
    asked = {"incident": incident_id, "by": by}
    done_once(uow, idempotency_key, "retry", asked, lambda: _retry(uow, incident, by, expected_version))
    return uow.session.get_one(Instance, incident.instance_id)


def _retry(uow: UnitOfWork, incident: Incident, by: str, expected_version: int | None) -> None:
    step = open_step(uow, incident.instance_id, actor=by, expected_version=expected_version)
    uow.session.refresh(incident)
    if incident.resolved_at is not None:
        raise WrongState("incident", incident.id, expected="open", actual="resolved")
    retry_token(step, incident.token)
    close_step(step)


def retry_token(step: Step, token: UUID) -> None:
    """Make the failed token of an opened instance ready again and run on."""
    task = step.token(token)
    if failure_of(task) is None:
        raise WrongState("token", str(token), expected="failed", actual=TaskState.get_name(task.state))
    step.retried.add(token)
    task._set_state(TaskState.READY)
    task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
    step.run()
    if task.has_state(TaskState.COMPLETED):
        task.internal_data.pop(FAILURE, None)
        step.note(HistoryKind.INCIDENT_RESOLVED, element_id=task.task_spec.bpmn_id)


def move_token(
    uow: UnitOfWork,
    instance_id: int,
    *,
    token: UUID,
    to_element: str,
    reason: str,
    by: str,
    idempotency_key: str | None = None,
    expected_version: int | None = None,
) -> Instance:
    """Take a waiting token off its element and put it before another of the same process, with its data.

    Raises NotFound when the element is not in the token's process, WrongState when the instance has ended, and
    ConcurrentChange when it was changed since the version that the caller has seen.
    """

    def move() -> None:
        step = open_step(uow, instance_id, actor=by, expected_version=expected_version)
        _move(step, step.token(token), to_element, reason)
        step.run()
        close_step(step)

    asked = {"instance": instance_id, "token": token.hex, "to": to_element, "reason": reason, "by": by}
    done_once(uow, idempotency_key, "move_token", asked, move)
    return uow.session.get_one(Instance, instance_id)


def _move(step: Step, task: Task, to_element: str, reason: str) -> None:
    target = _entry(task, to_element)
    anchor = _anchor(task)
    data = dict(task.data)
    anchor_children = list(anchor.children)
    moved = anchor._add_child(target, TaskState.FUTURE)
    moved.triggered = True
    for child in anchor_children:
        if child is task or task.is_descendant_of(child):
            cancel_with_all_below(child)
    moved.data = data
    target._predict(moved, mask=TaskState.NOT_FINISHED_MASK)
    target._update(moved)
    moved.triggered = False
    step.note(
        HistoryKind.TOKEN_MOVED,
        element_id=to_element,
        process_id=task.workflow.spec.name,
        data={"from": task.task_spec.bpmn_id, "reason": reason},
    )
    step.tell("token.moved", {"from": task.task_spec.bpmn_id, "to": to_element, "reason": reason})


def _entry(task: Task, element_id: str) -> Any:
    specs = task.workflow.spec.task_specs
    entry = specs.get(f"{element_id}.BoundaryEventSplit") or specs.get(element_id)
    if entry is None or not hasattr(specs.get(element_id), "bpmn_id"):
        raise NotFound("element", f"{element_id} in {task.workflow.spec.name}")
    return entry


def _anchor(task: Task) -> Task:
    """The completed ancestor under which the moved token continues: above boundary events and loops."""
    ancestor = task.parent
    while ancestor is not None and ancestor.parent is not None:
        if ancestor.has_state(TaskState.COMPLETED) and not ancestor.task_spec.name.endswith(".BoundaryEventSplit"):
            return ancestor
        ancestor = ancestor.parent
    return ancestor if ancestor is not None else task.workflow.task_tree
