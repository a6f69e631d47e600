"""How long to wait after a failure: longer each time, and drawn at random so that nobody comes back together."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Final

from webhooks.answers import asked_wait
from webhooks.policy import Patience

MOST_DOUBLINGS: Final = 25
"""Enough to reach any longest wait, and not yet more than a timedelta can hold."""


def wait_after(attempt: int, patience: Patience, random: Random) -> timedelta:
    """Full jitter: anything from nothing to `first_wait` doubled with each attempt, never above `longest_wait`."""
    doublings = min(attempt - 1, MOST_DOUBLINGS)
    highest = min(patience.longest_wait, patience.first_wait * 2**doublings)
    return highest * random.random()


def bounded_wait(retry_after: str | None, patience: Patience, now: datetime) -> timedelta:
    """What an endpoint asked for in Retry-After, but never more than `longest_wait`; nothing when it did not ask."""
    return min(asked_wait(retry_after, now) or timedelta(0), patience.longest_wait)
