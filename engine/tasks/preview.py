"""Finds out what completing a task would lead to, by doing it in a transaction that is never committed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from sqlalchemy import select

from engine.runtime import Runtime, UnitOfWork
from engine.storage.models import Incident, Instance, InstanceStatus, TaskCandidate, TaskStatus, UserTask
from engine.tasks.actor import Actor
from engine.tasks.completing import complete

PATIENCE: Final = timedelta(seconds=1)
"""How long a preview waits for others, and lets one statement run; nobody is to wait for a mere preview longer."""

Seen = TypeVar("Seen")


@dataclass(frozen=True)
class Awaited:
    """A user task that would be open then, with whom it is offered to: `user:…` and `group:…` identities."""

    element_id: str
    name: str
    process_id: str
    assignee: str | None
    candidates: tuple[str, ...]
    due_at: datetime | None


@dataclass(frozen=True)
class Outlook:
    """What a completion would lead to: the tasks that would come, whether the instance would have ended, and what its
    service tasks would stumble over."""

    awaited: tuple[Awaited, ...]
    has_ended: bool
    failures: tuple[str, ...]


def preview(
    runtime: Runtime,
    task_id: int,
    actor: Actor,
    data: dict[str, Any],
    look: Callable[[UnitOfWork, Outlook], Seen],
    *,
    expected_version: int | None = None,
    patience: timedelta = PATIENCE,
) -> Seen:
    """Complete a task for the look of it: `look` sees how all would be, then everything is undone.

    Nothing remains: no row, no outbox event, no number. Raises what `complete` raises, and ConcurrentChange when
    somebody else holds the instance for longer than `patience`.
    """
    with runtime.database.trying(patience) as session:
        uow = UnitOfWork(runtime, session, runtime.clock.now())
        known = _incidents(uow, task_id)
        before = _open_tasks(uow, task_id)
        task = complete(uow, task_id, actor, data, expected_version=expected_version)
        session.flush()
        return look(uow, _outlook(uow, task, before, known))


def _outlook(uow: UnitOfWork, task: UserTask, before: frozenset[int], known: frozenset[int]) -> Outlook:
    come = uow.session.scalars(
        select(UserTask)
        .where(UserTask.business_key == task.business_key, UserTask.status == TaskStatus.OPEN)
        .where(UserTask.id.not_in(before))
        .order_by(UserTask.id)
    ).all()
    failed = select(Incident.message).where(Incident.instance_id == task.instance_id, Incident.resolved_at.is_(None))
    status = uow.session.scalars(select(Instance.status).where(Instance.id == task.instance_id)).one()
    return Outlook(
        awaited=tuple(_awaited(uow, each) for each in come),
        has_ended=status is InstanceStatus.COMPLETED,
        failures=tuple(uow.session.scalars(failed.where(Incident.id.not_in(known)))),
    )


def _awaited(uow: UnitOfWork, task: UserTask) -> Awaited:
    offered = select(TaskCandidate.identity).where(TaskCandidate.task_id == task.id).order_by(TaskCandidate.identity)
    return Awaited(
        element_id=task.element_id,
        name=task.name,
        process_id=task.process_id,
        assignee=task.assignee,
        candidates=tuple(uow.session.scalars(offered)),
        due_at=task.due_at,
    )


def _open_tasks(uow: UnitOfWork, task_id: int) -> frozenset[int]:
    """The tasks that are open already for what the task is about, in whatever instance."""
    key = select(UserTask.business_key).where(UserTask.id == task_id).scalar_subquery()
    found = select(UserTask.id).where(UserTask.business_key == key, UserTask.status == TaskStatus.OPEN)
    return frozenset(uow.session.scalars(found))


def _incidents(uow: UnitOfWork, task_id: int) -> frozenset[int]:
    instance = select(UserTask.instance_id).where(UserTask.id == task_id).scalar_subquery()
    return frozenset(uow.session.scalars(select(Incident.id).where(Incident.instance_id == instance)))
