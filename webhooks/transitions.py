"""The ways of a delivery from one status to another; nothing else assigns its status."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from webhooks.errors import WrongStatus
from webhooks.models import Delivery, DeliveryStatus

PENDING, DELIVERED, DEAD = DeliveryStatus.PENDING, DeliveryStatus.DELIVERED, DeliveryStatus.DEAD
UNWANTED = DeliveryStatus.UNWANTED

WAYS: Final = {PENDING: {DELIVERED, DEAD, UNWANTED}, DELIVERED: {PENDING}, DEAD: {PENDING}, UNWANTED: {PENDING}}


def end(delivery: Delivery, status: DeliveryStatus, now: datetime) -> None:
    """The delivery is over: it arrived, or it was given up. Raises WrongStatus."""
    _move(delivery, status)
    delivery.ended_at = now


def begin_again(delivery: Delivery, now: datetime) -> None:
    """The delivery is due as if it had never been tried. Raises WrongStatus when it has not ended."""
    _move(delivery, PENDING)
    delivery.ended_at = None
    delivery.attempts = 0
    delivery.due_at = now


def _move(delivery: Delivery, to: DeliveryStatus) -> None:
    if to not in WAYS[delivery.status]:
        raise WrongStatus(f"delivery {delivery.id} is {delivery.status.value}; it cannot become {to.value}")
    delivery.status = to
    delivery.claim = delivery.claimed_until = None
