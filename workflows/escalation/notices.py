"""Notices: written when a step is taken, held through the quiet hours, withdrawn when their task ends first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, insert, select, update

from engine.events import outbox_row
from engine.runtime import UnitOfWork
from engine.storage.models import OutboxEvent, TaskStatus, UserTask
from workflows.escalation.models import Escalation, Notice
from workflows.escalation.recipients import Recipient
from workflows.timekeeping import Timekeeping


def notify(
    uow: UnitOfWork,
    escalation: Escalation,
    recipients: Iterable[Recipient],
    *,
    hazard_number: str,
    urgent: bool,
    timekeeping: Timekeeping,
) -> None:
    """Write a notice for each recipient: by itself, now or when the quiet hours end, or for the next digest.

    What is urgent does not wait for the quiet hours to end.
    """
    waking = uow.now if urgent else timekeeping.next_waking(uow.now)
    rows = [
        {
            "escalation_id": escalation.id,
            "recipient": recipient.account,
            "step": escalation.step,
            "hazard_number": hazard_number,
            "task_id": escalation.task_id,
            "due_at": escalation.due_at,
            "urgent": urgent,
            "can_act": recipient.can_act,
            "for_digest": not recipient.at_once,
            "created_at": uow.now,
            "deliver_at": waking if recipient.at_once else timekeeping.next_morning(uow.now),
            "delivered_at": uow.now if recipient.at_once and waking <= uow.now else None,
        }
        for recipient in recipients
    ]
    if rows:
        written = uow.session.scalars(insert(Notice).returning(Notice), rows)
        _tell(uow, [notice for notice in written if notice.delivered_at is not None])


def release_held(uow: UnitOfWork, *, limit: int) -> int:
    """Deliver up to `limit` notices whose quiet hours have ended; returns how many rows were dealt with.

    Rows that another node has in hand are left to it.
    """
    held = (
        select(Notice.id)
        .where(Notice.for_digest.is_(False), Notice.delivered_at.is_(None), Notice.deliver_at <= uow.now)
        .order_by(Notice.deliver_at, Notice.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = uow.session.scalars(held).all()
    if ids:
        withdraw(uow, Notice.id.in_(ids))
        deliver = update(Notice).where(Notice.id.in_(ids)).values(delivered_at=uow.now).returning(Notice)
        _tell(uow, uow.session.scalars(deliver.execution_options(synchronize_session=False)))
    return len(ids)


def withdraw(uow: UnitOfWork, which: ColumnElement[bool]) -> None:
    """Remove those of some undelivered notices whose task has ended, or whose deadline was extended meanwhile."""
    still_due = exists().where(
        UserTask.id == Notice.task_id, UserTask.status == TaskStatus.OPEN, UserTask.due_at <= Notice.due_at
    )
    unneeded = delete(Notice).where(which, Notice.delivered_at.is_(None), ~still_due)
    uow.session.execute(unneeded.execution_options(synchronize_session=False))


def told(notice: Notice) -> dict[str, Any]:
    """A notice as events carry it."""
    return {
        "notice": notice.id,
        "hazard": notice.hazard_number,
        "task": notice.task_id,
        "step": notice.step.value,
        "due_at": notice.due_at.isoformat(),
        "urgent": notice.urgent,
        "can_act": notice.can_act,
    }


def _tell(uow: UnitOfWork, delivered: Iterable[Notice]) -> None:
    events = [
        outbox_row(uow, "notice.delivered", notice.recipient, {"recipient": notice.recipient, **told(notice)})
        for notice in delivered
    ]
    if events:
        uow.session.execute(insert(OutboxEvent), events)
