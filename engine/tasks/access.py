"""Finds a task for a person and decides whether that person may act on it."""

from __future__ import annotations

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import contains_eager

from engine.errors import ConcurrentChange, NotFound, NotPermitted, WrongState
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, TaskCandidate, TaskStatus, UserTask
from engine.tasks.actor import Actor

_LOCKED = (
    select(UserTask)
    .where(UserTask.id == bindparam("task_id"))
    .with_for_update(of=UserTask)
    .execution_options(populate_existing=True)
)
_OFFERED = exists().where(
    TaskCandidate.task_id == UserTask.id, TaskCandidate.identity.in_(bindparam("identities", expanding=True))
)
_TO_FINISH = (
    select(UserTask, _OFFERED.label("offered"))
    .join(UserTask.instance)
    .where(UserTask.id == bindparam("task_id"))
    .options(contains_eager(UserTask.instance))
    .with_for_update(of=(Instance, UserTask))
    .execution_options(populate_existing=True)
)


def open_task(uow: UnitOfWork, task_id: int, *, expected_version: int | None = None) -> UserTask:
    """An open task, locked. Raises NotFound, WrongState when it has ended, ConcurrentChange when it was changed."""
    found = uow.session.scalars(_LOCKED, {"task_id": task_id}).one_or_none()
    return _open(task_id, found, expected_version)


def task_to_finish(uow: UnitOfWork, task_id: int, actor: Actor, *, expected_version: int | None = None) -> UserTask:
    """An open task that the actor may work on, its instance with it and locked, in one query.

    Raises NotFound, WrongState, ConcurrentChange and NotPermitted.
    """
    asked = {"task_id": task_id, "identities": actor.identities}
    found = uow.session.execute(_TO_FINISH, asked).one_or_none()
    task = _open(task_id, found.UserTask if found else None, expected_version)
    _require(task, actor, offered=found is not None and found.offered)
    return task


def may_work(uow: UnitOfWork, task: UserTask, actor: Actor) -> bool:
    """Whether a person may claim or complete a task: a candidate or the assignee, and not excluded."""
    return _may_work(task, actor, offered=task.assignee is None and is_candidate(uow, task, actor))


def is_candidate(uow: UnitOfWork, task: UserTask, actor: Actor) -> bool:
    """Whether a task is offered to a person, directly or through a group."""
    offered = select(TaskCandidate.task_id).where(
        TaskCandidate.task_id == task.id, TaskCandidate.identity.in_(actor.identities)
    )
    return uow.session.scalar(offered) is not None


def require_worker(uow: UnitOfWork, task: UserTask, actor: Actor) -> None:
    """Raises NotPermitted, saying why, unless the person may work on the task."""
    _require(task, actor, offered=task.assignee is None and is_candidate(uow, task, actor))


def _open(task_id: int, task: UserTask | None, expected_version: int | None) -> UserTask:
    if task is None:
        raise NotFound("task", task_id)
    if task.status is not TaskStatus.OPEN:
        raise WrongState("task", task_id, expected=TaskStatus.OPEN.value, actual=task.status.value)
    if expected_version is not None and task.version != expected_version:
        raise ConcurrentChange(f"task {task_id} was changed by someone else meanwhile; read it again")
    return task


def _require(task: UserTask, actor: Actor, *, offered: bool) -> None:
    if actor.user in task.excluded:
        raise NotPermitted(f"{actor.user} took part in an earlier step and may not do {task.name!r}")
    if not _may_work(task, actor, offered=offered):
        held = f"it is held by {task.assignee}" if task.assignee else "it is offered to others"
        raise NotPermitted(f"{actor.user} may not do {task.name!r}: {held}")


def _may_work(task: UserTask, actor: Actor, *, offered: bool) -> bool:
    if actor.user in task.excluded:
        return False
    return offered if task.assignee is None else task.assignee == actor.user
