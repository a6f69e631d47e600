"""Delivers again: letters that died, and everything of a time range that an endpoint missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine.events import Transaction
from engine.storage.bulk import insert_rows
from engine.storage.models import OutboxEvent
from webhooks.endpoints import held_endpoint
from webhooks.errors import UnknownRecord
from webhooks.fanning_out import is_for, new_delivery
from webhooks.models import Attempt, Delivery, DeliveryStatus, Endpoint
from webhooks.transitions import begin_again


def replay(uow: Transaction, delivery_ids: Sequence[int]) -> int:
    """Make ended deliveries due again, dead or delivered; returns how many. Raises UnknownRecord and WrongStatus."""
    for delivery_id in delivery_ids:
        delivery = uow.session.get(Delivery, delivery_id, with_for_update=True)
        if delivery is None:
            raise UnknownRecord("delivery", delivery_id)
        begin_again(delivery, uow.now)
    return len(delivery_ids)


def replay_range(
    uow: Transaction, endpoint_id: int, since: datetime, until: datetime, *, with_delivered: bool = False
) -> int:
    """Make due what an endpoint wants of the events from `since` to before `until`: dead, or missed while it was off.

    With `with_delivered`, what it has already too. Returns how many. Raises UnknownRecord.
    """
    endpoint = held_endpoint(uow.session, endpoint_id)
    missed = _missed(uow.session, endpoint, since, until)
    insert_rows(uow.session, Delivery, [new_delivery(endpoint, event, key, uow.now) for event, key in missed])
    statuses = [DeliveryStatus.DEAD] + [DeliveryStatus.DELIVERED] * with_delivered
    ended = (
        select(Delivery)
        .join(OutboxEvent, OutboxEvent.id == Delivery.event_id)
        .where(Delivery.endpoint_id == endpoint_id, Delivery.status.in_(statuses))
        .where(OutboxEvent.at >= since, OutboxEvent.at < until)
        .with_for_update(of=Delivery)
    )
    again = uow.session.scalars(ended).all()
    for delivery in again:
        begin_again(delivery, uow.now)
    return len(missed) + len(again)


def dead_letters(session: Session, *, endpoint_id: int | None, limit: int) -> Sequence[tuple[Delivery, str, str]]:
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
    return [(delivery, event_type, error or "") for delivery, event_type, error in session.execute(dead)]


def _missed(session: Session, endpoint: Endpoint, since: datetime, until: datetime) -> list[tuple[int, str]]:
    known = exists().where(Delivery.endpoint_id == endpoint.id, Delivery.event_id == OutboxEvent.id)
    handed_on = (
        select(OutboxEvent.id, OutboxEvent.key, OutboxEvent.type)
        .where(OutboxEvent.at >= since, OutboxEvent.at < until, OutboxEvent.delivered_at.is_not(None), ~known)
        .order_by(OutboxEvent.id)
    )
    return [(event, key) for event, key, kind in session.execute(handed_on) if is_for(endpoint, kind, key)]
