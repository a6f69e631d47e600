"""Finds a task for a person and decides whether, and in whose name, that person may act on it."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Right:
    """That a person may work on a task: in their own name, or as the substitute of the account `on_behalf_of`."""

    on_behalf_of: str | None = None

    def as_data(self) -> dict[str, str]:
        """What history and events say of it: nothing for one's own right."""
        return {"on_behalf_of": self.on_behalf_of} if self.on_behalf_of else {}


def open_task(uow: UnitOfWork, task_id: int, *, expected_version: int | None = None) -> UserTask:
    """An open task, locked. Raises NotFound, WrongState when it has ended, ConcurrentChange when it was changed."""
    found = uow.session.scalars(_LOCKED, {"task_id": task_id}).one_or_none()
    return _open(task_id, found, expected_version)


def task_to_finish(
    uow: UnitOfWork, task_id: int, actor: Actor, *, expected_version: int | None = None
) -> tuple[UserTask, Right]:
    """An open task with the actor's right to work on it; its instance comes with it and is locked, in one query.

    Raises NotFound, WrongState, ConcurrentChange and NotPermitted.
    """
    asked = {"task_id": task_id, "identities": actor.own_identities}
    found = uow.session.execute(_TO_FINISH, asked).one_or_none()
    task = _open(task_id, found.UserTask if found else None, expected_version)
    return task, _require(task, actor, _right(uow, task, actor, offered=found is not None and found.offered))


def may_work(uow: UnitOfWork, task: UserTask, actor: Actor) -> bool:
    """Whether a person may claim or complete a task: a candidate or the assignee, and not excluded."""
    return right_to_work(uow, task, actor) is not None


def right_to_work(uow: UnitOfWork, task: UserTask, actor: Actor) -> Right | None:
    """The person's right to claim or complete a task, their own before a substitute's; None without any.

    Nobody who is excluded works on it, nor does anybody on behalf of someone who is.
    """
    offered = task.assignee is None and _is_offered(uow, task, actor.own_identities)
    return _right(uow, task, actor, offered=offered)


def is_candidate(uow: UnitOfWork, task: UserTask, actor: Actor) -> bool:
    """Whether a task is offered to a person, directly, through a group, or as somebody's substitute."""
    return _is_offered(uow, task, actor.identities)


def require_worker(uow: UnitOfWork, task: UserTask, actor: Actor) -> Right:
    """The person's right to work on the task. Raises NotPermitted, saying why, without one."""
    return _require(task, actor, right_to_work(uow, task, actor))


def _open(task_id: int, task: UserTask | None, expected_version: int | None) -> UserTask:
    if task is None:
        raise NotFound("task", task_id)
    if task.status is not TaskStatus.OPEN:
        raise WrongState("task", task_id, expected=TaskStatus.OPEN.value, actual=task.status.value)
    if expected_version is not None and task.version != expected_version:
        raise ConcurrentChange(f"task {task_id} was changed by someone else meanwhile; read it again")
    return task


def _require(task: UserTask, actor: Actor, right: Right | None) -> Right:
    if actor.user in task.excluded:
        raise NotPermitted(f"{actor.user} took part in an earlier step and may not do {task.name!r}")
    if right is None:
        held = f"it is held by {task.assignee}" if task.assignee else "it is offered to others"
        raise NotPermitted(f"{actor.user} may not do {task.name!r}: {held}")
    return right


def _right(uow: UnitOfWork, task: UserTask, actor: Actor, *, offered: bool) -> Right | None:
    if actor.user in task.excluded:
        return None
    if task.assignee == actor.user:
        return Right(task.on_behalf_of)
    if task.assignee is None and offered:
        return Right()
    represented = sorted(actor.stands_in_for - set(task.excluded))
    if task.assignee is not None:
        return Right(task.assignee) if task.assignee in represented else None
    named = (one for one in represented if _is_offered(uow, task, actor.identities_of(one)))
    return next(map(Right, named), None)


def _is_offered(uow: UnitOfWork, task: UserTask, identities: tuple[str, ...]) -> bool:
    offered = select(TaskCandidate.task_id).where(
        TaskCandidate.task_id == task.id, TaskCandidate.identity.in_(identities)
    )
    return uow.session.scalars(offered.limit(1)).first() is not None
