"""What an installation decides about its webhooks: what may be reached, how long is waited, when to give up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Final

Network = IPv4Network | IPv6Network

MARGIN: Final = timedelta(minutes=1)
"""What a lease leaves beyond the longest request, for name resolution and the database."""


@dataclass(frozen=True)
class Reach:
    """What may be reached: https anywhere public; plain http only at `http_hosts`; these networks besides.

    `authority` is a file of certificates to trust instead of the system's. `services` are Apprise's URLs by name, which
    may lead anywhere.
    """

    http_hosts: frozenset[str] = frozenset()
    allowed_networks: tuple[Network, ...] = ()
    authority: Path | None = None
    services: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Limits:
    """How long one request may take, in seconds, and how many bytes it may send and reads of an answer."""

    connect_seconds: float = 5
    silence_seconds: float = 15
    total_seconds: float = 30
    request_bytes: int = 262_144
    answer_bytes: int = 1024


@dataclass(frozen=True)
class Patience:
    """How often and how long is tried.

    The n-th wait is drawn from 0 to `first_wait` doubled n - 1 times, and never above `longest_wait`; what an endpoint
    asks for in Retry-After is bounded by `longest_wait` too. After `failures_to_pause` failures in a row the endpoint
    rests for `pause` between single tries; if it then has failed for `disable_after`, it is switched off. Fewer
    failures say nothing, however long our own standstill between them was.
    """

    attempts: int = 20
    first_wait: timedelta = timedelta(seconds=5)
    longest_wait: timedelta = timedelta(hours=12)
    failures_to_pause: int = 5
    pause: timedelta = timedelta(minutes=1)
    disable_after: timedelta = timedelta(days=5)


@dataclass(frozen=True)
class Policy:
    """All of it. `threads` bounds what one node sends at a time, `batch` the events that one transaction hands on."""

    reach: Reach = field(default_factory=Reach)
    limits: Limits = field(default_factory=Limits)
    patience: Patience = field(default_factory=Patience)
    threads: int = 32
    batch: int = 500

    @property
    def lease(self) -> timedelta:
        """How long a claim holds: longer than any request, so that it runs out only for a node that died."""
        return timedelta(seconds=self.limits.connect_seconds + self.limits.total_seconds) + MARGIN
