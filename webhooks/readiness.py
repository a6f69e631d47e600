"""What may be sent now. A moment that lies further ahead than anything here is ever put off was written by a clock that
was wrong, and holds nothing back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from webhooks.models import Delivery, DeliveryStatus, Endpoint
from webhooks.policy import Policy

DOUBT: Final = timedelta(hours=1)
"""Two clocks further apart than this are not both right; less makes no difference."""

LONGEST_PACE: Final = timedelta(minutes=1)
"""How far apart a robot's messages are at most."""


def is_open(policy: Policy, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Whether an endpoint is on and neither rests nor waits for its pace."""
    rest = max(policy.patience.longest_wait, policy.patience.pause)
    return (
        Endpoint.disabled_at.is_(None),
        _is_over(Endpoint.paused_until, now, rest),
        _is_over(Endpoint.next_at, now, LONGEST_PACE),
    )


def is_due(policy: Policy, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Whether a delivery is to be sent and no node has it in hand."""
    return (
        Delivery.status == DeliveryStatus.PENDING,
        _is_over(Delivery.due_at, now, policy.patience.longest_wait),
        _is_over(Delivery.claimed_until, now, policy.lease),
    )


def is_in_hand(policy: Policy, now: datetime) -> ColumnElement[bool]:
    """Whether a node has a delivery in hand."""
    claim = Delivery.claimed_until
    return and_(claim.is_not(None), claim > now, claim <= now + policy.lease + DOUBT)


def _is_over(moment: InstrumentedAttribute[Any], now: datetime, longest: timedelta) -> ColumnElement[bool]:
    return or_(moment.is_(None), moment <= now, moment > now + longest + DOUBT)
