"""Moves a task's due date, and with it the timers on its boundary."""

from __future__ import annotations

from datetime import datetime

from engine.definitions.timers import SCHEDULE, JobTimer
from engine.errors import WrongState
from engine.history import HistoryKind
from engine.instances.steps import Step, close_step, open_step
from engine.instances.user_tasks import move_due_date
from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from engine.tasks.access import open_task


def reschedule(uow: UnitOfWork, task_id: int, due_at: datetime, *, reason: str, by: str) -> UserTask:
    """Give an open task a new due date. Its boundary timers are worked out anew; those already past do not fire again.

    The old date stays in the history. Raises NotFound and WrongState.
    """
    task = open_task(uow, task_id)
    step = open_step(uow, task.instance_id, actor=by)
    token = step.before.user_tasks.get(task.token)
    if token is None:
        raise WrongState("task", task_id, expected="waiting in its instance", actual="gone from it")
    old = task.due_at
    move_due_date(uow, task, token, due_at)
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
    return task


def _work_out_again(step: Step, boundary: object) -> None:
    definition = getattr(boundary.task_spec, "event_definition", None)  # type: ignore[attr-defined] # untyped library
    schedules = boundary.internal_data.get(SCHEDULE)  # type: ignore[attr-defined] # untyped library
    if not isinstance(definition, JobTimer) or not schedules or definition.key not in schedules:
        return
    moments = definition.moments(boundary)
    schedules[definition.key]["due"] = [m for m in moments if datetime.fromisoformat(m["at"]) > step.uow.now]
