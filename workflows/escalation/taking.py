"""Takes one step of a deadline's escalation: once, on record, and with everyone told who should be.

A step that an acknowledgement stops is on record just the same, with what stopped it, and tells nobody.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.events import publish
from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus, UserTask
from workflows.escalation.claiming import claim
from workflows.escalation.listing import is_listable, propose
from workflows.escalation.models import Acknowledgement, Escalation
from workflows.escalation.notices import notify
from workflows.escalation.recipients import Recipient, recipients
from workflows.escalation.steps import EscalationStep
from workflows.escalation.stopping import stopping_now
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity
from workflows.timekeeping import Timekeeping


def take(
    uow: UnitOfWork, task: UserTask, step: EscalationStep, due_at: datetime, timekeeping: Timekeeping
) -> Escalation | None:
    """Take a step for a task that was or is due at `due_at`, or note that it is stopped.

    None when it was taken or stopped before, or the task has ended. Raises UnknownRecord when the task belongs to no
    hazard, and CalendarNotCovered.
    """
    if task.status is not TaskStatus.OPEN:
        return None
    hazard = hazard_of(uow.session, task.business_key)
    deadline = {"hazard_id": hazard.id, "task_id": task.id, "due_at": due_at}
    stopping = stopping_now(uow, task, hazard, step, due_at)
    held = {"stopped_by_id": stopping.id if stopping else None}
    escalation = claim(uow.session, Escalation, **deadline, **held, step=step, level=step.level, at=uow.now)
    if escalation is None:
        return None
    if stopping is not None:
        _publish_stop(uow, escalation, task, stopping)
        return escalation
    reached = _reached(uow, task, hazard, step, timekeeping)
    urgent = step.is_overdue and hazard.severity is Severity.MAJOR
    notify(uow, escalation, reached, hazard_number=hazard.number, urgent=urgent, timekeeping=timekeeping)
    _publish(uow, escalation, task, reached, urgent=urgent)
    return escalation


def _reached(
    uow: UnitOfWork, task: UserTask, hazard: Hazard, step: EscalationStep, timekeeping: Timekeeping
) -> list[Recipient]:
    """Whom the step tells. What cannot be listed is told to nobody: the steps before have said all there is to say."""
    if step is EscalationStep.LIST_FOR_SUPERVISION:
        if not is_listable(task, hazard):
            return []
        propose(uow, hazard, task)
    return recipients(uow.session, task, hazard, step, timekeeping.calendar.local_date(uow.now))


def _publish(
    uow: UnitOfWork, escalation: Escalation, task: UserTask, reached: list[Recipient], *, urgent: bool
) -> None:
    told = {"urgent": urgent, "recipients": [each.account for each in reached]}
    publish(uow, "deadline.escalated", task.business_key, _facts(escalation, task) | told)


def _publish_stop(uow: UnitOfWork, escalation: Escalation, task: UserTask, stopping: Acknowledgement) -> None:
    until = stopping.holds_until.isoformat() if stopping.holds_until else None
    reason = {"acknowledgement": stopping.id, "by": stopping.by, "holds_until": until}
    publish(uow, "deadline.step_stopped", task.business_key, _facts(escalation, task) | reason)


def _facts(escalation: Escalation, task: UserTask) -> dict[str, Any]:
    return {
        "escalation": escalation.id,
        "hazard": task.business_key,
        "task": task.id,
        "element": task.element_id,
        "name": task.name,
        "step": escalation.step.value,
        "level": escalation.level.value,
        "due_at": escalation.due_at.isoformat(),
    }
