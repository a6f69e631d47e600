"""Proof of delivery: what was sent to whom, when, by which way, and what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Row, ScalarSelect, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.storage.models import OutboxEvent
from webhooks.models import Attempt, Delivery, DeliveryStatus, Endpoint, EndpointKind

T = TypeVar("T")
EXPORTED_AT_ONCE = 500


@dataclass(frozen=True)
class Asked:
    """Which deliveries; what is None or empty narrows nothing. `key` is a hazard's number or an account."""

    key: str = ""
    kind: EndpointKind | None = None
    endpoint_id: int | None = None
    status: DeliveryStatus | None = None
    event_type: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Proof:
    """One delivery: the event, where it went, how it stands, and the last answer in words."""

    id: int
    event_type: str
    event_id: str
    key: str
    happened_at: datetime
    kind: EndpointKind
    endpoint_id: int
    endpoint: str
    status: DeliveryStatus
    attempts: int
    ended_at: datetime | None
    answered: int | None
    error: str


def proofs(session: Session, asked: Asked, *, before: int | None, limit: int) -> Sequence[Proof]:
    """Deliveries, the newest first, from before one of them."""
    found = _wanted(asked).order_by(Delivery.id.desc()).limit(limit)
    if before is not None:
        found = found.where(Delivery.id < before)
    return [_proof(row) for row in session.execute(found)]


def all_proofs(session: Session, asked: Asked, *, most: int) -> Iterator[Proof]:
    """The newest deliveries, read a few at a time."""
    before: int | None = None
    told = 0
    while told < most and (found := proofs(session, asked, before=before, limit=min(EXPORTED_AT_ONCE, most - told))):
        yield from found
        before, told = found[-1].id, told + len(found)


def _wanted(asked: Asked) -> Select[Delivery, OutboxEvent, Endpoint, int | None, str | None]:
    found = (
        select(Delivery, OutboxEvent, Endpoint, _last(Attempt.answered), _last(Attempt.error))
        .join(OutboxEvent, OutboxEvent.id == Delivery.event_id)
        .join(Endpoint, Endpoint.id == Delivery.endpoint_id)
    )
    equal = (
        (Delivery.key, asked.key),
        (Endpoint.kind, asked.kind),
        (Delivery.endpoint_id, asked.endpoint_id),
        (Delivery.status, asked.status),
        (OutboxEvent.type, asked.event_type),
    )
    found = found.where(*(column == wanted for column, wanted in equal if wanted))
    if asked.since is not None:
        found = found.where(OutboxEvent.at >= asked.since)
    return found if asked.until is None else found.where(OutboxEvent.at < asked.until)


def _last(column: InstrumentedAttribute[T]) -> ScalarSelect[T]:
    latest = select(column).where(Attempt.delivery_id == Delivery.id).order_by(Attempt.id.desc())
    return latest.limit(1).scalar_subquery()


def _proof(row: Row[Delivery, OutboxEvent, Endpoint, int | None, str | None]) -> Proof:
    delivery, event, endpoint, answered, error = row
    return Proof(
        delivery.id, event.type, str(event.event_id), delivery.key, event.at, endpoint.kind, endpoint.id,
        endpoint.description or endpoint.kind.value, delivery.status, delivery.attempts, delivery.ended_at, answered,
        error or "",
    )  # fmt: skip
