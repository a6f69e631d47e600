"""Claims deliveries for one node: the earliest of each key, few of each endpoint; a dead node's claims run out."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import Select, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from engine.events import Transaction
from engine.storage.models import OutboxEvent
from webhooks.channels.letters import Letter
from webhooks.channels.pacing import pace_of
from webhooks.errors import Unopenable
from webhooks.models import Delivery, DeliveryStatus, Endpoint, EndpointKind
from webhooks.policy import Policy
from webhooks.readiness import is_due, is_in_hand, is_open
from webhooks.sealing import Vault
from webhooks.signing import secrets_of

log = logging.getLogger(__name__)

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


def endpoints_with_work(session: Session, policy: Policy, now: datetime) -> Sequence[int]:
    """The endpoints that something could be sent to now. Takes no lock."""
    due = exists().where(Delivery.endpoint_id == Endpoint.id, *is_due(policy, now))
    return session.scalars(select(Endpoint.id).where(*is_open(policy, now), due).order_by(Endpoint.id)).all()


def claim_deliveries(
    uow: Transaction, endpoint_ids: Sequence[int], policy: Policy, vault: Vault, *, room: int
) -> list[Claim]:
    """Claim at most `room` due deliveries of these endpoints, until the lease runs out.

    Each endpoint has its share of the threads, so those that are slow never take them all. An endpoint that another
    node is claiming for is left to it; one whose secrets cannot be opened waits until they can.
    """
    share = max(1, policy.threads // max(1, _switched_on(uow.session)))
    claims: list[Claim] = []
    for endpoint in _held(uow.session, endpoint_ids, policy, uow.now):
        free = min(_share(endpoint, share, policy, uow.now) - _under_way(uow, endpoint, policy), room - len(claims))
        if free > 0:
            claims += _claim_of(uow, endpoint, policy, vault, free)
    return claims


def _switched_on(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Endpoint).where(Endpoint.disabled_at.is_(None))) or 0


def _held(session: Session, endpoint_ids: Sequence[int], policy: Policy, now: datetime) -> Sequence[Endpoint]:
    wanted = select(Endpoint).where(Endpoint.id.in_(endpoint_ids), *is_open(policy, now)).order_by(Endpoint.id)
    return session.scalars(wanted.with_for_update(skip_locked=True, key_share=True)).all()


def _share(endpoint: Endpoint, share: int, policy: Policy, now: datetime) -> int:
    pace = pace_of(endpoint.kind)
    if pace.is_bounded:
        return 0 if pace.rests(now) else TIED
    is_failing = endpoint.failures >= policy.patience.failures_to_pause
    return TIED if is_failing else min(endpoint.concurrency, share)


def _under_way(uow: Transaction, endpoint: Endpoint, policy: Policy) -> int:
    held = select(func.count()).where(Delivery.endpoint_id == endpoint.id, is_in_hand(policy, uow.now))
    return uow.session.scalar(held) or 0


def _claim_of(uow: Transaction, endpoint: Endpoint, policy: Policy, vault: Vault, limit: int) -> Iterator[Claim]:
    try:
        url, secrets = vault.open(endpoint.url), secrets_of(endpoint, vault, uow.now)
    except Unopenable:
        log.exception("nothing is sent to endpoint %s", endpoint.id)
        return
    hold = uuid4()
    claim = (
        update(Delivery)
        .where(Delivery.id.in_(_heads(endpoint.id, policy, uow.now, limit).scalar_subquery()))
        .values(claim=hold, claimed_until=uow.now + policy.lease)
        .returning(Delivery.id, Delivery.event_id)
        .execution_options(synchronize_session=False)
    )
    held = {event_id: delivery_id for delivery_id, event_id in uow.session.execute(claim)}
    events = uow.session.scalars(select(OutboxEvent).where(OutboxEvent.id.in_(held)).order_by(OutboxEvent.id))
    pace = pace_of(endpoint.kind)
    for event in events:
        if pace.is_bounded:
            endpoint.next_at = pace.next_after(uow.now)
        letter = Letter(url, secrets, str(event.event_id), event.type, event.at, event.key, event.data)
        yield Claim(held[event.id], endpoint.id, endpoint.kind, hold, letter)


def _heads(endpoint_id: int, policy: Policy, now: datetime, limit: int) -> Select[int]:
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
        .where(Delivery.endpoint_id == endpoint_id, *is_due(policy, now), ~is_behind)
        .order_by(Delivery.due_at, Delivery.event_id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Delivery)
    )
