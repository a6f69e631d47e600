"""Forgets what was delivered long ago: events, their deliveries and attempts, and the calls of incoming hooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, exists, or_, select

from engine.events import Transaction
from engine.storage.models import OutboxEvent
from webhooks.incoming.models import IncomingCall
from webhooks.models import Attempt, Delivery, DeliveryStatus

BATCH: Final = 1000
ARRIVED: Final = (DeliveryStatus.DELIVERED, DeliveryStatus.UNWANTED)


@dataclass(frozen=True)
class Retention:
    """How long things are kept: what arrived, what did not (given up, or waiting for an endpoint that is off), and the
    calls of incoming hooks."""

    arrived: timedelta = timedelta(days=365)
    failed: timedelta = timedelta(days=730)
    calls: timedelta = timedelta(days=365)


def forget_events(uow: Transaction, retention: Retention, *, after: int, limit: int = BATCH) -> int | None:
    """Look through the next events after a number, and drop those whose time is over with all that came of them.

    Returns the number to go on after; None when the rest is too young. An event stays as long as one of its deliveries
    does, and until it was handed on.
    """
    before = uow.now - retention.arrived
    page = select(OutboxEvent.id, OutboxEvent.at).where(OutboxEvent.id > after).order_by(OutboxEvent.id).limit(limit)
    seen = uow.session.execute(page).all()
    old = [event_id for event_id, at in seen if at < before]
    if old:
        _drop_deliveries(uow, old, before, uow.now - retention.failed)
        _drop_events(uow, old)
    return old[-1] if len(old) == len(seen) == limit else None


def forget_calls(uow: Transaction, retention: Retention, *, limit: int = BATCH) -> int:
    """Drop a batch of calls whose time is over; returns how many."""
    old = select(IncomingCall.id).where(IncomingCall.at < uow.now - retention.calls)
    ids = uow.session.scalars(old.order_by(IncomingCall.at).limit(limit)).all()
    uow.session.execute(delete(IncomingCall).where(IncomingCall.id.in_(ids)))
    return len(ids)


def _drop_deliveries(
    uow: Transaction, events: Sequence[int], arrived_before: datetime, failed_before: datetime
) -> None:
    is_over = or_(
        Delivery.status.in_(ARRIVED) & (Delivery.ended_at < arrived_before),
        Delivery.status.not_in(ARRIVED) & (OutboxEvent.at < failed_before),
    )
    wanted = select(Delivery.id).join(OutboxEvent, OutboxEvent.id == Delivery.event_id)
    ids = uow.session.scalars(wanted.where(Delivery.event_id.in_(events), is_over)).all()
    uow.session.execute(delete(Attempt).where(Attempt.delivery_id.in_(ids)))
    uow.session.execute(delete(Delivery).where(Delivery.id.in_(ids)))


def _drop_events(uow: Transaction, events: Sequence[int]) -> None:
    is_held = exists().where(Delivery.event_id == OutboxEvent.id)
    uow.session.execute(
        delete(OutboxEvent)
        .where(OutboxEvent.id.in_(events), OutboxEvent.delivered_at.is_not(None), ~is_held)
        .execution_options(synchronize_session=False)
    )
