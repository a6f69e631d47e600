"""How the post stands: what waits and since when, what was given up, which endpoints are off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.storage.models import OutboxEvent
from webhooks.models import Delivery, DeliveryStatus, Endpoint


@dataclass(frozen=True)
class Standing:
    """`pending_since` is when the oldest of the pending deliveries' events happened, `kept_since` the oldest event
    that is still kept; `switched_off` are endpoints by number. What waits for an endpoint that is off counts too."""

    pending: int
    pending_since: datetime | None
    dead: int
    switched_off: Sequence[int]
    kept_since: datetime | None


def standing(session: Session) -> Standing:
    """How the post stands now; each count reads an index of its own."""
    pending, first = session.execute(
        select(func.count(), func.min(Delivery.event_id)).where(Delivery.status == DeliveryStatus.PENDING)
    ).one()
    dead = session.scalar(select(func.count()).where(Delivery.status == DeliveryStatus.DEAD)) or 0
    off = select(Endpoint.id).where(Endpoint.disabled_at.is_not(None)).order_by(Endpoint.id)
    oldest = select(OutboxEvent.at).order_by(OutboxEvent.id).limit(1)
    since = select(OutboxEvent.at).where(OutboxEvent.id == first)
    return Standing(pending, session.scalar(since), dead, session.scalars(off).all(), session.scalar(oldest))
