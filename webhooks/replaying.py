"""Delivers again: letters that died, and everything of a time range that an endpoint missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from engine.events import Transaction
from engine.storage.bulk import insert_rows
from engine.storage.models import OutboxEvent
from webhooks.endpoints import held_endpoint
from webhooks.errors import UnknownRecord
from webhooks.fanning_out import is_for, new_delivery, places_for
from webhooks.models import Attempt, Delivery, DeliveryStatus, Endpoint
from webhooks.places import Places
from webhooks.transitions import begin_again

MOST_AT_ONCE: Final = 10_000
"""How many deliveries one transaction makes due again; what is beyond, the next call finds."""


def replay(uow: Transaction, delivery_ids: Sequence[int], *, endpoint_id: int | None = None) -> int:
    """Make ended deliveries due again, dead or delivered; returns how many.

    Raises WrongStatus, and UnknownRecord, also for what is not of the named endpoint.
    """
    for delivery_id in delivery_ids:
        delivery = uow.session.get(Delivery, delivery_id, with_for_update=True)
        if delivery is None or endpoint_id not in (None, delivery.endpoint_id):
            raise UnknownRecord("delivery", delivery_id)
        begin_again(delivery, uow.now)
    return len(delivery_ids)


def replay_dead(uow: Transaction, endpoint_id: int) -> int:
    """Make everything due again that was given up for an endpoint; returns how many. Raises UnknownRecord."""
    endpoint = held_endpoint(uow.session, endpoint_id)
    return _again(uow, _ended(endpoint, DeliveryStatus.DEAD).limit(MOST_AT_ONCE))


def replay_range(
    uow: Transaction,
    endpoint_id: int,
    since: datetime,
    until: datetime,
    places: Places,
    *,
    with_delivered: bool = False,
) -> int:
    """Make due what an endpoint wants of the events from `since` to before `until`: dead, or missed while it was off.

    With `with_delivered`, what it has already too. Returns how many. Raises UnknownRecord.
    """
    endpoint = held_endpoint(uow.session, endpoint_id)
    missed = _missed(uow.session, endpoint, since, until, places)
    insert_rows(uow.session, Delivery, [new_delivery(endpoint, event, uow.now) for event in missed])
    statuses = [DeliveryStatus.DEAD] + [DeliveryStatus.DELIVERED] * with_delivered
    ended = _ended(endpoint, *statuses).where(OutboxEvent.at >= since, OutboxEvent.at < until)
    return len(missed) + _again(uow, ended.limit(MOST_AT_ONCE))


def dead_letters(
    session: Session, *, endpoint_id: int | None, limit: int, before: int | None = None
) -> Sequence[tuple[Delivery, str, str]]:
    """Deliveries that were given up, the latest first, each with its event's type and its last error."""
    last_error = (
        select(Attempt.error)
        .where(Attempt.delivery_id == Delivery.id)
        .order_by(Attempt.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    dead = (
        select(Delivery, OutboxEvent.type, last_error)
        .join(OutboxEvent, OutboxEvent.id == Delivery.event_id)
        .where(Delivery.status == DeliveryStatus.DEAD)
        .order_by(Delivery.id.desc())
        .limit(limit)
    )
    if endpoint_id is not None:
        dead = dead.where(Delivery.endpoint_id == endpoint_id)
    if before is not None:
        dead = dead.where(Delivery.id < before)
    return [(delivery, event_type, error or "") for delivery, event_type, error in session.execute(dead)]


def _ended(endpoint: Endpoint, *statuses: DeliveryStatus) -> Select[Delivery]:
    return (
        select(Delivery)
        .join(OutboxEvent, OutboxEvent.id == Delivery.event_id)
        .where(Delivery.endpoint_id == endpoint.id, Delivery.status.in_(statuses))
        .order_by(Delivery.id)
        .with_for_update(of=Delivery)
    )


def _again(uow: Transaction, ended: Select[Delivery]) -> int:
    again = uow.session.scalars(ended).all()
    for delivery in again:
        begin_again(delivery, uow.now)
    return len(again)


def _missed(
    session: Session, endpoint: Endpoint, since: datetime, until: datetime, places: Places
) -> list[OutboxEvent]:
    known = exists().where(Delivery.endpoint_id == endpoint.id, Delivery.event_id == OutboxEvent.id)
    handed_on = (
        select(OutboxEvent)
        .where(OutboxEvent.at >= since, OutboxEvent.at < until, OutboxEvent.delivered_at.is_not(None), ~known)
        .order_by(OutboxEvent.id)
    )
    events = session.scalars(handed_on).all()
    found = places_for(session, [endpoint], events, places)
    return [event for event in events if is_for(endpoint, event, found.get(event.id))]
