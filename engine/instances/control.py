"""Stops and resumes instances.

Each function takes the version of the instance that the caller has seen, and the idempotency key of the request: a
version that is not the present one is refused with ConcurrentChange, a key that was used is answered without effect.
"""

from __future__ import annotations

from sqlalchemy import delete, select, update

from engine.definitions.timers import shift_schedules
from engine.errors import WrongState
from engine.events import publish
from engine.history import HistoryKind, record
from engine.idempotency import done_once
from engine.instances.steps import close_step, lock, open_step
from engine.instances.user_tasks import move_due_date
from engine.instances.waiting import live_tasks
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, InstanceStatus, Job, TaskStatus, UserTask


def cancel(
    uow: UnitOfWork,
    instance_id: int,
    *,
    reason: str,
    by: str,
    idempotency_key: str | None = None,
    expected_version: int | None = None,
) -> Instance:
    """End an instance for good, with all its tasks and timers. Raises WrongState when it has ended."""
    asked = {"instance": instance_id, "reason": reason, "by": by}
    done_once(uow, idempotency_key, "cancel", asked, lambda: _cancel(uow, instance_id, reason, by, expected_version))
    return uow.session.get_one(Instance, instance_id)


def suspend(
    uow: UnitOfWork,
    instance_id: int,
    *,
    reason: str,
    by: str,
    idempotency_key: str | None = None,
    expected_version: int | None = None,
) -> Instance:
    """Halt an instance: nobody can work on it and no time counts until it is resumed."""
    asked = {"instance": instance_id, "reason": reason, "by": by}
    done_once(uow, idempotency_key, "suspend", asked, lambda: _suspend(uow, instance_id, reason, by, expected_version))
    return uow.session.get_one(Instance, instance_id)


def resume(
    uow: UnitOfWork,
    instance_id: int,
    *,
    by: str,
    reason: str = "",
    idempotency_key: str | None = None,
    expected_version: int | None = None,
) -> Instance:
    """Let a suspended instance go on; due dates and every timer still to come move by the time it stood still."""
    asked = {"instance": instance_id, "reason": reason, "by": by}
    done_once(uow, idempotency_key, "resume", asked, lambda: _resume(uow, instance_id, reason, by, expected_version))
    return uow.session.get_one(Instance, instance_id)


def _cancel(uow: UnitOfWork, instance_id: int, reason: str, by: str, expected_version: int | None) -> None:
    status = _open_status(uow, instance_id)
    step = open_step(uow, instance_id, actor=by, expected=status, expected_version=expected_version)
    step.workflow.cancel()
    step.ended = True
    step.instance.status = InstanceStatus.CANCELLED
    step.note(HistoryKind.INSTANCE_CANCELLED, data={"reason": reason})
    step.tell("instance.cancelled", {"reason": reason})
    close_step(step)
    uow.session.execute(delete(Job).where(Job.instance_id == instance_id))


def _suspend(uow: UnitOfWork, instance_id: int, reason: str, by: str, expected_version: int | None) -> None:
    instance = lock(uow, instance_id, expected_version=expected_version)
    if instance.status is not InstanceStatus.RUNNING:
        raise WrongState("instance", instance_id, expected=InstanceStatus.RUNNING, actual=instance.status)
    instance.status = InstanceStatus.SUSPENDED
    instance.suspended_at = uow.now
    uow.session.execute(update(Job).where(Job.instance_id == instance_id).values(paused=True))
    record(uow, instance_id, HistoryKind.INSTANCE_SUSPENDED, actor=by, data={"reason": reason})
    publish(uow, "instance.suspended", instance.business_key, {"instance": instance_id, "reason": reason})


def _resume(uow: UnitOfWork, instance_id: int, reason: str, by: str, expected_version: int | None) -> None:
    step = open_step(uow, instance_id, actor=by, expected=InstanceStatus.SUSPENDED, expected_version=expected_version)
    stood_still = uow.now - (step.instance.suspended_at or uow.now)
    step.instance.status = InstanceStatus.RUNNING
    step.instance.suspended_at = None
    uow.session.execute(update(Job).where(Job.instance_id == instance_id).values(paused=False))
    for token in live_tasks(step.workflow):
        shift_schedules(token, stood_still)
    for task in _open_tasks(uow, instance_id):
        if task.due_at is not None:
            task_token = step.before.user_tasks[task.token]
            move_due_date(uow, task, task_token, task.due_at + stood_still)
    facts = {"stood_still_seconds": stood_still.total_seconds(), "reason": reason}
    step.note(HistoryKind.INSTANCE_RESUMED, data=facts)
    step.tell("instance.resumed", facts)
    close_step(step)


def _open_status(uow: UnitOfWork, instance_id: int) -> InstanceStatus:
    status = uow.session.scalar(select(Instance.status).where(Instance.id == instance_id))
    return InstanceStatus.SUSPENDED if status is InstanceStatus.SUSPENDED else InstanceStatus.RUNNING


def _open_tasks(uow: UnitOfWork, instance_id: int) -> list[UserTask]:
    found = select(UserTask).where(UserTask.instance_id == instance_id, UserTask.status == TaskStatus.OPEN)
    return list(uow.session.scalars(found))
