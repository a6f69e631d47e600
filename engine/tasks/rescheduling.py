"""Moves a task's due date, and with it the timers on its boundary."""

from __future__ import annotations

from datetime import datetime

from SpiffWorkflow.task import Task
from sqlalchemy import select

from engine.definitions.timers import SCHEDULE, JobTimer
from engine.errors import NotFound, WrongState
from engine.history import HistoryKind
from engine.idempotency import done_once
from engine.instances.steps import Step, close_step, open_step
from engine.instances.user_tasks import move_due_date
from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from engine.tasks.access import open_task


def reschedule(
    uow: UnitOfWork,
    task_id: int,
    due_at: datetime,
    *,
    reason: str,
    by: str,
    idempotency_key: str | None = None,
    expected_version: int | None = None,
) -> UserTask:
    """Give an open task a new due date. Its boundary timers are worked out anew; those already past do not fire again.

    The old date stays in the history. Raises NotFound, WrongState, and ConcurrentChange when the task was changed.
    """
    asked = {"task": task_id, "due_at": due_at.isoformat(), "reason": reason, "by": by}

    def move() -> None:
        step = open_step(uow, _instance_of(uow, task_id), actor=by)  # before the task, as everyone does: no deadlock
        _reschedule(step, open_task(uow, task_id, expected_version=expected_version), due_at, reason)

    done_once(uow, idempotency_key, "reschedule", asked, move)
    return uow.session.get_one(UserTask, task_id)


def _instance_of(uow: UnitOfWork, task_id: int) -> int:
    instance_id = uow.session.scalar(select(UserTask.instance_id).where(UserTask.id == task_id))
    if instance_id is None:
        raise NotFound("task", task_id)
    return instance_id


def _reschedule(step: Step, task: UserTask, due_at: datetime, reason: str) -> None:
    token = step.before.user_tasks.get(task.token)
    if token is None:
        raise WrongState("task", task.id, expected="waiting in its instance", actual="gone from it")
    old = task.due_at
    move_due_date(step.uow, task, token, due_at)
    for boundary in token.parent.children if token.parent is not None else ():
        _work_out_again(step, boundary)
    step.note(
        HistoryKind.TASK_RESCHEDULED,
        element_id=task.element_id,
        element_name=task.name,
        process_id=task.process_id,
        data={"task": task.id, "from": old.isoformat() if old else None, "to": due_at.isoformat(), "reason": reason},
    )
    step.tell("task.rescheduled", {"task": task.id, "due_at": due_at.isoformat(), "reason": reason})
    close_step(step)


def _work_out_again(step: Step, boundary: Task) -> None:
    definition = getattr(boundary.task_spec, "event_definition", None)
    schedules = boundary.internal_data.get(SCHEDULE)
    if not isinstance(definition, JobTimer) or not schedules or definition.key not in schedules:
        return
    moments = definition.moments(boundary)
    schedules[definition.key]["due"] = [m for m in moments if datetime.fromisoformat(m["at"]) > step.uow.now]
