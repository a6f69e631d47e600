"""Turns events of the outbox into deliveries, one for each endpoint that wants them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine.events import Transaction, mark_delivered, may_hand_on, undelivered
from engine.storage.bulk import insert_rows
from engine.storage.models import OutboxEvent
from webhooks.event_types import is_wanted
from webhooks.models import Delivery, DeliveryStatus, Endpoint
from webhooks.places import Place, Places


def anything_to_hand_on(session: Session) -> bool:
    """A look that takes no lock: a node that finds nothing to do is in nobody's way."""
    return bool(session.scalar(select(exists().where(OutboxEvent.delivered_at.is_(None)))))


def fan_out(uow: Transaction, places: Places, *, limit: int) -> int:
    """Hand on up to `limit` events of the outbox; returns how many. From here on the deliveries answer for them.

    Nothing happens while another node is at it.
    """
    if not may_hand_on(uow.session):
        return 0
    events = undelivered(uow.session, limit)
    switched_on = uow.session.scalars(select(Endpoint).where(Endpoint.disabled_at.is_(None))).all()
    found = places_for(uow.session, switched_on, events, places)
    insert_rows(uow.session, Delivery, list(_deliveries(events, switched_on, found, uow.now)))
    mark_delivered(uow.session, [event.id for event in events], uow.now)
    return len(events)


def places_for(
    session: Session, endpoints: Sequence[Endpoint], events: Sequence[OutboxEvent], places: Places
) -> Mapping[int, Place]:
    """Where events belong; nobody is asked as long as none of the endpoints minds."""
    return places(session, events) if any(it.region or it.sectors for it in endpoints) else {}


def is_for(endpoint: Endpoint, event: OutboxEvent, place: Place | None) -> bool:
    """Whether an endpoint wants an event; one that is confined wants nothing that belongs nowhere."""
    if not is_wanted(event.type, endpoint.event_types):
        return False
    if endpoint.audience and event.key not in endpoint.audience:
        return False
    return _is_within(endpoint, place)


def new_delivery(endpoint: Endpoint, event: OutboxEvent, now: datetime) -> dict[str, Any]:
    """The column values of a delivery that is due at once, also by a clock that is behind ours."""
    return {
        "endpoint_id": endpoint.id,
        "event_id": event.id,
        "key": event.key,
        "status": DeliveryStatus.PENDING,
        "due_at": min(event.at, now),
        "attempts": 0,
    }


def _is_within(endpoint: Endpoint, place: Place | None) -> bool:
    if place is None:
        return not endpoint.region and not endpoint.sectors
    return place.region.startswith(endpoint.region) and (not endpoint.sectors or place.sector in endpoint.sectors)


def _deliveries(
    events: Sequence[OutboxEvent], switched_on: Sequence[Endpoint], places: Mapping[int, Place], now: datetime
) -> Iterable[dict[str, Any]]:
    for event in events:
        for endpoint in switched_on:
            if is_for(endpoint, event, places.get(event.id)):
                yield new_delivery(endpoint, event, now)
