"""Follows tasks to their end: one that ends after its due date is on record as a missed deadline.

Which deadlines were due, and which were met, the tasks' own rows tell. What they do not tell at a glance are the few
that were missed; these get a row of their own, so that statistics need not read every task of a campaign.
"""

from __future__ import annotations

from sqlalchemy import select

from engine.listeners import Listener
from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from workflows.escalation.models import MissedDeadline
from workflows.hazards.models import Hazard


class DeadlineListener(Listener):
    """Writes at most one row, and only for a task that ends late; a task in time costs nothing."""

    def task_ended(self, uow: UnitOfWork, task: UserTask) -> None:
        if task.due_at is None or task.completed_at is None or task.completed_at <= task.due_at:
            return
        hazard_id = uow.session.scalar(select(Hazard.id).where(Hazard.number == task.business_key))
        if hazard_id is not None:
            missed = MissedDeadline(
                task_id=task.id,
                hazard_id=hazard_id,
                element_id=task.element_id,
                due_at=task.due_at,
                ended_at=task.completed_at,
                ended_by=task.completed_by,
            )
            uow.session.add(missed)
