"""Turns events of the outbox into deliveries, one for each endpoint that wants them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine.events import Transaction, mark_delivered, may_hand_on, undelivered
from engine.storage.bulk import insert_rows
from engine.storage.models import OutboxEvent
from webhooks.event_types import is_wanted
from webhooks.models import Delivery, DeliveryStatus, Endpoint


def anything_to_hand_on(session: Session) -> bool:
    """A look that takes no lock: a node that finds nothing to do is in nobody's way."""
    return bool(session.scalar(select(exists().where(OutboxEvent.delivered_at.is_(None)))))


def fan_out(uow: Transaction, *, limit: int) -> int:
    """Hand on up to `limit` events of the outbox; returns how many. From here on the deliveries answer for them.

    Nothing happens while another node is at it.
    """
    if not may_hand_on(uow.session):
        return 0
    events = undelivered(uow.session, limit)
    switched_on = uow.session.scalars(select(Endpoint).where(Endpoint.disabled_at.is_(None))).all()
    insert_rows(uow.session, Delivery, list(_deliveries(events, switched_on, uow.now)))
    mark_delivered(uow.session, [event.id for event in events], uow.now)
    return len(events)


def is_for(endpoint: Endpoint, event_type: str, key: str) -> bool:
    """Whether an endpoint wants an event."""
    return is_wanted(event_type, endpoint.event_types) and (not endpoint.audience or key in endpoint.audience)


def new_delivery(endpoint: Endpoint, event_id: int, key: str, now: datetime) -> dict[str, Any]:
    """The column values of a delivery that is due at once."""
    return {
        "endpoint_id": endpoint.id,
        "event_id": event_id,
        "key": key,
        "status": DeliveryStatus.PENDING,
        "due_at": now,
        "attempts": 0,
    }


def _deliveries(
    events: Sequence[OutboxEvent], switched_on: Sequence[Endpoint], now: datetime
) -> Iterable[dict[str, Any]]:
    for event in events:
        for endpoint in switched_on:
            if is_for(endpoint, event.type, event.key):
                yield new_delivery(endpoint, event.id, event.key, now)
