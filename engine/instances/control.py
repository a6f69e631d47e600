"""Stops and resumes instances."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from engine.definitions.timers import shift_schedules
from engine.errors import WrongState
from engine.events import publish
from engine.history import HistoryKind, record
from engine.instances.steps import close_step, lock, open_step
from engine.instances.user_tasks import move_due_date
from engine.instances.waiting import live_tasks
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, InstanceStatus, Job, TaskStatus, UserTask

_OPEN = (InstanceStatus.RUNNING, InstanceStatus.SUSPENDED)


def cancel(uow: UnitOfWork, instance_id: int, *, reason: str, by: str) -> Instance:
    """End an instance for good, with all its tasks and timers. Raises WrongState when it has ended."""
    step = open_step(uow, instance_id, actor=by, expected=_open_status(uow, instance_id))
    step.workflow.cancel()
    step.ended = True
    step.instance.status = InstanceStatus.CANCELLED
    step.note(HistoryKind.INSTANCE_CANCELLED, data={"reason": reason})
    step.tell("instance.cancelled", {"reason": reason})
    close_step(step)
    uow.session.execute(delete(Job).where(Job.instance_id == instance_id))
    return step.instance


def suspend(uow: UnitOfWork, instance_id: int, *, reason: str, by: str) -> Instance:
    """Halt an instance: nobody can work on it and no time counts until it is resumed."""
    instance = _in_state(uow, instance_id, InstanceStatus.RUNNING)
    instance.status = InstanceStatus.SUSPENDED
    instance.suspended_at = uow.now
    uow.session.execute(update(Job).where(Job.instance_id == instance_id).values(paused=True))
    record(uow, instance_id, HistoryKind.INSTANCE_SUSPENDED, actor=by, data={"reason": reason})
    publish(uow, "instance.suspended", instance.business_key, {"instance": instance_id, "reason": reason})
    return instance


def resume(uow: UnitOfWork, instance_id: int, *, by: str) -> Instance:
    """Let a suspended instance go on; due dates and every timer still to come move by the time it stood still."""
    step = open_step(uow, instance_id, actor=by, expected=InstanceStatus.SUSPENDED)
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
    step.note(HistoryKind.INSTANCE_RESUMED, data={"stood_still_seconds": stood_still.total_seconds()})
    step.tell("instance.resumed", {"stood_still_seconds": stood_still.total_seconds()})
    close_step(step)
    return step.instance


def _open_status(uow: UnitOfWork, instance_id: int) -> InstanceStatus:
    status = uow.session.scalar(select(Instance.status).where(Instance.id == instance_id))
    return status if status in _OPEN else InstanceStatus.RUNNING


def _in_state(uow: UnitOfWork, instance_id: int, expected: InstanceStatus) -> Instance:
    instance = lock(uow, instance_id)
    if instance.status is not expected:
        raise WrongState("instance", instance_id, expected=expected.value, actual=instance.status.value)
    return instance


def _open_tasks(uow: UnitOfWork, instance_id: int) -> list[UserTask]:
    found = select(UserTask).where(UserTask.instance_id == instance_id, UserTask.status == TaskStatus.OPEN)
    return list(uow.session.scalars(found))
