"""Writes and reads history rows."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from engine.storage.models import HistoryEvent


class HistoryKind(StrEnum):
    INSTANCE_STARTED = "instance_started"
    INSTANCE_COMPLETED = "instance_completed"
    INSTANCE_CANCELLED = "instance_cancelled"
    INSTANCE_SUSPENDED = "instance_suspended"
    INSTANCE_RESUMED = "instance_resumed"
    INSTANCE_MIGRATED = "instance_migrated"
    INSTANCE_MIGRATION_UNDONE = "instance_migration_undone"
    PROCESS_ENTERED = "process_entered"
    PROCESS_LEFT = "process_left"
    ELEMENT_COMPLETED = "element_completed"
    TASK_CREATED = "task_created"
    TASK_CLAIMED = "task_claimed"
    TASK_UNCLAIMED = "task_unclaimed"
    TASK_DELEGATED = "task_delegated"
    TASK_REASSIGNED = "task_reassigned"
    TASK_COMPLETED = "task_completed"
    TASK_CANCELLED = "task_cancelled"
    TASK_RESCHEDULED = "task_rescheduled"
    TIMER_FIRED = "timer_fired"
    EVENT_RECEIVED = "event_received"
    EVENT_THROWN = "event_thrown"
    INCIDENT_RAISED = "incident_raised"
    INCIDENT_RESOLVED = "incident_resolved"
    TOKEN_MOVED = "token_moved"


def record(
    uow: UnitOfWork,
    instance_id: int,
    kind: HistoryKind,
    *,
    element_id: str | None = None,
    element_name: str | None = None,
    process_id: str | None = None,
    actor: str | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Add one history row to this transaction."""
    uow.session.add(
        HistoryEvent(
            instance_id=instance_id,
            at=uow.now,
            kind=kind.value,
            element_id=element_id,
            element_name=element_name,
            process_id=process_id,
            actor=actor,
            data=data or {},
        )
    )


def of_instance(session: Session, instance_id: int) -> Sequence[HistoryEvent]:
    """An instance's history, oldest first."""
    rows = select(HistoryEvent).where(HistoryEvent.instance_id == instance_id).order_by(HistoryEvent.id)
    return session.scalars(rows).all()
