"""Claims deliveries for one node: the earliest of each key, few of each endpoint; a dead node's claims run out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from engine.events import Transaction
from engine.storage.models import OutboxEvent
from webhooks.channels.letters import Letter
from webhooks.channels.pacing import pace_of
from webhooks.models import Delivery, DeliveryStatus, Endpoint, EndpointKind
from webhooks.policy import Policy
from webhooks.signing import secrets_of

TIED: Final = 1
"""How many messages are under way at a time to an endpoint that keeps failing."""


@dataclass(frozen=True)
class Claim:
    """A letter that this node is to send, and the hold that it has on its delivery."""

    delivery_id: int
    endpoint_id: int
    kind: EndpointKind
    hold: UUID
    letter: Letter


def endpoints_with_work(session: Session, now: datetime) -> Sequence[int]:
    """The endpoints that something could be sent to now. Takes no lock."""
    due = exists().where(Delivery.endpoint_id == Endpoint.id, *_is_due(now))
    return session.scalars(select(Endpoint.id).where(*_is_open(now), due).order_by(Endpoint.id)).all()


def claim_deliveries(uow: Transaction, endpoint_ids: Sequence[int], policy: Policy, *, room: int) -> list[Claim]:
    """Claim at most `room` due deliveries of these endpoints, until the lease runs out.

    Each endpoint has its share of the threads, so those that are slow never take them all. An endpoint that another
    node is claiming for is left to it.
    """
    share = max(1, policy.threads // max(1, _switched_on(uow.session)))
    claims: list[Claim] = []
    for endpoint in _held(uow.session, endpoint_ids, uow.now):
        free = min(_share(endpoint, share, policy, uow.now) - _under_way(uow, endpoint), room - len(claims))
        if free > 0:
            claims += _claim(uow, endpoint, policy, free)
    return claims


def _is_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    is_rested = or_(Endpoint.paused_until.is_(None), Endpoint.paused_until <= now)
    may_go_on = or_(Endpoint.next_at.is_(None), Endpoint.next_at <= now)
    return Endpoint.disabled_at.is_(None), is_rested, may_go_on


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    is_free = or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < now)
    return Delivery.status == DeliveryStatus.PENDING, Delivery.due_at <= now, is_free


def _switched_on(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Endpoint).where(Endpoint.disabled_at.is_(None))) or 0


def _held(session: Session, endpoint_ids: Sequence[int], now: datetime) -> Sequence[Endpoint]:
    wanted = select(Endpoint).where(Endpoint.id.in_(endpoint_ids), *_is_open(now)).order_by(Endpoint.id)
    return session.scalars(wanted.with_for_update(skip_locked=True, key_share=True)).all()


def _share(endpoint: Endpoint, share: int, policy: Policy, now: datetime) -> int:
    pace = pace_of(endpoint.kind)
    if pace.is_bounded:
        return 0 if pace.rests(now) else TIED
    is_failing = endpoint.failures >= policy.patience.failures_to_pause
    return TIED if is_failing else min(endpoint.concurrency, share)


def _under_way(uow: Transaction, endpoint: Endpoint) -> int:
    held = select(func.count()).where(
        Delivery.endpoint_id == endpoint.id,
        Delivery.claimed_until.is_not(None),
        Delivery.claimed_until >= uow.now,
    )
    return uow.session.scalar(held) or 0


def _claim(uow: Transaction, endpoint: Endpoint, policy: Policy, limit: int) -> Iterator[Claim]:
    hold = uuid4()
    claim = (
        update(Delivery)
        .where(Delivery.id.in_(_heads(endpoint.id, uow.now, limit).scalar_subquery()))
        .values(claim=hold, claimed_until=uow.now + policy.lease)
        .returning(Delivery.id, Delivery.event_id)
        .execution_options(synchronize_session=False)
    )
    held = {event_id: delivery_id for delivery_id, event_id in uow.session.execute(claim)}
    events = uow.session.scalars(select(OutboxEvent).where(OutboxEvent.id.in_(held)).order_by(OutboxEvent.id))
    secrets, pace = secrets_of(endpoint, uow.now), pace_of(endpoint.kind)
    for event in events:
        if pace.is_bounded:
            endpoint.next_at = pace.next_after(uow.now)
        letter = Letter(endpoint.url, secrets, str(event.event_id), event.type, event.at, event.key, event.data)
        yield Claim(held[event.id], endpoint.id, endpoint.kind, hold, letter)


def _heads(endpoint_id: int, now: datetime, limit: int) -> Select[int]:
    """The due deliveries of an endpoint that no earlier one of their key is ahead of."""
    earlier = aliased(Delivery)
    is_behind = exists().where(
        earlier.endpoint_id == endpoint_id,
        earlier.key == Delivery.key,
        earlier.status == DeliveryStatus.PENDING,
        earlier.event_id < Delivery.event_id,
    )
    return (
        select(Delivery.id)
        .where(Delivery.endpoint_id == endpoint_id, *_is_due(now), ~is_behind)
        .order_by(Delivery.due_at, Delivery.event_id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Delivery)
    )
