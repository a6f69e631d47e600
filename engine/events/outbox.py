"""Writes outbox rows and hands undelivered ones to dispatchers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from engine.storage.models import OutboxEvent

HANDING_ON: Final = 0x1006BAC8
"""The advisory lock of the one transaction that hands events on."""


class Transaction(Protocol):
    """What an event is written in: a session, and the moment (UTC) on which all its records agree."""

    @property
    def session(self) -> Session: ...

    @property
    def now(self) -> datetime: ...


def publish(uow: Transaction, type: str, key: str, data: dict[str, Any]) -> UUID:
    """Put an event into this transaction's outbox and return its stable id.

    Events of one `key` are delivered in order; `type` is a dotted name in the past tense, e.g. `hazard.closed`.
    """
    row = outbox_row(uow, type, key, data)
    uow.session.add(OutboxEvent(**row))
    return row["event_id"]


def outbox_row(uow: Transaction, type: str, key: str, data: dict[str, Any]) -> dict[str, Any]:
    """The column values of an event, for those who insert many at once."""
    return {"event_id": uuid4(), "type": type, "key": key, "at": uow.now, "data": data}


def may_hand_on(session: Session) -> bool:
    """Whether this transaction, until it ends, is the one that hands events on.

    Two at a time would take turns within one key and so mix up its order. SQLite has one writer at a time anyway.
    """
    if session.get_bind().dialect.name == "sqlite":
        return True
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(HANDING_ON))))


def undelivered(session: Session, limit: int) -> Sequence[OutboxEvent]:
    """The oldest events nobody has delivered yet."""
    waiting = select(OutboxEvent).where(OutboxEvent.delivered_at.is_(None)).order_by(OutboxEvent.id).limit(limit)
    return session.scalars(waiting).all()


def mark_delivered(session: Session, ids: Iterable[int], at: datetime) -> None:
    """Note that these events reached everyone who wanted them."""
    session.execute(update(OutboxEvent).where(OutboxEvent.id.in_(list(ids))).values(delivered_at=at))
