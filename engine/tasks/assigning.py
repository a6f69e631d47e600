"""Who holds a task: claim, give back, delegate, reassign.

Each function takes the version of the task that the actor has seen, and the idempotency key of the request: a version
that is not the present one is refused with ConcurrentChange, a key that was used is answered without effect.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import update

from engine.errors import NotPermitted
from engine.history import HistoryKind, record
from engine.idempotency import done_once
from engine.runtime import UnitOfWork
from engine.storage.models import TaskCandidate, UserTask
from engine.tasks.access import Right, is_candidate, open_task, require_worker
from engine.tasks.actor import Actor

OWN = Right()


def claim(
    uow: UnitOfWork,
    task_id: int,
    actor: Actor,
    *,
    idempotency_key: str | None = None,
    expected_version: int | None = None,
) -> UserTask:
    """Take a task that is offered to the actor, or held by someone whom the actor stands in for.

    Raises NotPermitted when another holds it or the actor is excluded.
    """

    def take() -> None:
        task = open_task(uow, task_id, expected_version=expected_version)
        right = require_worker(uow, task, actor)
        _hold(uow, task, actor.user, right)
        _note(uow, task, HistoryKind.TASK_CLAIMED, actor, right)

    return _once(uow, idempotency_key, "claim", task_id, actor, take)


def unclaim(
    uow: UnitOfWork,
    task_id: int,
    actor: Actor,
    *,
    idempotency_key: str | None = None,
    expected_version: int | None = None,
) -> UserTask:
    """Put a task back to those it was offered to.

    Only its holder may, whoever it is held for, a substitute of the holder, or an administrator.
    """

    def give_back() -> None:
        task = open_task(uow, task_id, expected_version=expected_version)
        _require_holder(task, actor)
        _hold(uow, task, None)
        task.owner = None
        _note(uow, task, HistoryKind.TASK_UNCLAIMED, actor)

    return _once(uow, idempotency_key, "unclaim", task_id, actor, give_back)


def delegate(
    uow: UnitOfWork,
    task_id: int,
    actor: Actor,
    to: str,
    *,
    idempotency_key: str | None = None,
    expected_version: int | None = None,
) -> UserTask:
    """Let someone else do a task that the actor holds or may claim; the actor stays its owner."""

    def hand_on() -> None:
        task = open_task(uow, task_id, expected_version=expected_version)
        right = require_worker(uow, task, actor)
        _refuse_excluded(task, to)
        task.owner = task.owner or right.on_behalf_of or actor.user
        _hold(uow, task, to)
        _note(uow, task, HistoryKind.TASK_DELEGATED, actor, right, to=to)

    return _once(uow, idempotency_key, "delegate", task_id, actor, hand_on, to=to)


def reassign(
    uow: UnitOfWork,
    task_id: int,
    actor: Actor,
    to: str,
    *,
    reason: str,
    idempotency_key: str | None = None,
    expected_version: int | None = None,
) -> UserTask:
    """Give a task to someone else for a stated reason. Only its holder, a candidate or an administrator may."""

    def give() -> None:
        task = open_task(uow, task_id, expected_version=expected_version)
        if not (actor.is_administrator or task.assignee in actor.accounts or is_candidate(uow, task, actor)):
            raise NotPermitted(f"{actor.user} may not reassign {task.name!r}")
        _refuse_excluded(task, to)
        _hold(uow, task, to)
        _note(uow, task, HistoryKind.TASK_REASSIGNED, actor, to=to, reason=reason)

    return _once(uow, idempotency_key, "reassign", task_id, actor, give, to=to, reason=reason)


def _once(
    uow: UnitOfWork,
    key: str | None,
    operation: str,
    task_id: int,
    actor: Actor,
    act: Callable[[], object],
    **asked: str,
) -> UserTask:
    done_once(uow, key, operation, {"task": task_id, "by": actor.user, **asked}, act)
    return uow.session.get_one(UserTask, task_id)


def _hold(uow: UnitOfWork, task: UserTask, person: str | None, right: Right = OWN) -> None:
    task.assignee, task.on_behalf_of = person, right.on_behalf_of
    offered = update(TaskCandidate).where(TaskCandidate.task_id == task.id)
    uow.session.execute(offered.values(held=person is not None))


def _require_holder(task: UserTask, actor: Actor) -> None:
    holders = {task.assignee, task.on_behalf_of}
    if holders.isdisjoint(actor.accounts) and not actor.is_administrator:
        raise NotPermitted(f"{actor.user} does not hold {task.name!r}")


def _refuse_excluded(task: UserTask, person: str) -> None:
    if person in task.excluded:
        raise NotPermitted(f"{person} took part in an earlier step and may not do {task.name!r}")


def _note(uow: UnitOfWork, task: UserTask, kind: HistoryKind, actor: Actor, right: Right = OWN, **data: str) -> None:
    record(
        uow,
        task.instance_id,
        kind,
        element_id=task.element_id,
        element_name=task.name,
        process_id=task.process_id,
        actor=actor.user,
        data={"task": task.id, **right.as_data(), **data},
    )
