"""Finds a task for a person and decides whether that person may act on it."""

from __future__ import annotations

from sqlalchemy import select

from engine.errors import ConcurrentChange, NotFound, NotPermitted, WrongState
from engine.runtime import UnitOfWork
from engine.storage.models import TaskCandidate, TaskStatus, UserTask
from engine.tasks.actor import Actor


def open_task(uow: UnitOfWork, task_id: int, *, expected_version: int | None = None) -> UserTask:
    """An open task, locked. Raises NotFound, WrongState when it has ended, ConcurrentChange when it was changed."""
    locked = select(UserTask).where(UserTask.id == task_id).with_for_update(of=UserTask)
    task = uow.session.scalars(locked.execution_options(populate_existing=True)).one_or_none()
    if task is None:
        raise NotFound("task", task_id)
    if task.status is not TaskStatus.OPEN:
        raise WrongState("task", task_id, expected=TaskStatus.OPEN.value, actual=task.status.value)
    if expected_version is not None and task.version != expected_version:
        raise ConcurrentChange(f"task {task_id} was changed by someone else meanwhile; read it again")
    return task


def may_work(uow: UnitOfWork, task: UserTask, actor: Actor) -> bool:
    """Whether a person may claim or complete a task: a candidate or the assignee, and not excluded."""
    if actor.user in task.excluded:
        return False
    if task.assignee is not None:
        return task.assignee == actor.user
    return is_candidate(uow, task, actor)


def is_candidate(uow: UnitOfWork, task: UserTask, actor: Actor) -> bool:
    """Whether a task is offered to a person, directly or through a group."""
    offered = select(TaskCandidate.task_id).where(
        TaskCandidate.task_id == task.id, TaskCandidate.identity.in_(actor.identities)
    )
    return uow.session.scalar(offered) is not None


def require_worker(uow: UnitOfWork, task: UserTask, actor: Actor) -> None:
    """Raises NotPermitted, saying why, unless the person may work on the task."""
    if actor.user in task.excluded:
        raise NotPermitted(f"{actor.user} took part in an earlier step and may not do {task.name!r}")
    if not may_work(uow, task, actor):
        held = f"it is held by {task.assignee}" if task.assignee else "it is offered to others"
        raise NotPermitted(f"{actor.user} may not do {task.name!r}: {held}")
