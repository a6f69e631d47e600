"""Joins the web's pages of channels and proofs with the package that sends."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from engine.runtime import UnitOfWork
from web.errors import ChannelRefused
from web.outgoing import Channel, Fields, Proof, Words
from webhooks.channels.letters import Way
from webhooks.channels.wording import Wording, preview
from webhooks.endpoints import (
    ROBOTS,
    add_endpoint,
    disable,
    enable,
    endpoint_of,
    endpoints,
    held_endpoint,
    rotate_secret,
)
from webhooks.errors import WebhooksError
from webhooks.models import DeliveryStatus, Endpoint, EndpointKind
from webhooks.pinging import ping
from webhooks.policy import Policy
from webhooks.proof import Asked, all_proofs, proofs
from webhooks.replaying import replay

K = TypeVar("K", EndpointKind, DeliveryStatus)
HIDDEN: Final = "…"


@dataclass(frozen=True)
class _Channel:
    """An endpoint as pages show one."""

    id: int
    kind: str
    address: str
    description: str
    event_types: Sequence[str]
    failures: int
    rests_until: datetime | None
    disabled_at: datetime | None
    disabled_because: str | None


@dataclass(frozen=True)
class Outgoing:
    """The channels and proofs of one installation."""

    policy: Policy
    wording: Wording
    ways: Mapping[EndpointKind, Way]
    zone: ZoneInfo

    def kinds(self) -> Sequence[str]:
        """The kinds of channels that can be added."""
        return [kind.value for kind in EndpointKind]

    def words(self) -> Sequence[Words]:
        """Everything that people are told, on examples."""
        return preview(self.wording)

    def channels(self, uow: UnitOfWork) -> Sequence[Channel]:
        """All of them, the oldest first."""
        return [_shown(endpoint) for endpoint in endpoints(uow.session)]

    def add(self, uow: UnitOfWork, fields: Fields) -> str:
        """Open a channel; the secret that signs on it, or nothing. Raises ChannelRefused."""
        kind = EndpointKind(fields["kind"])
        with _refusals():
            added = add_endpoint(
                uow,
                fields["url"].strip(),
                fields["event_types"].split(),
                kind=kind,
                secret=fields["secret"].strip() or None,
                audience=fields["audience"].split(),
                http_hosts=self.policy.reach.http_hosts,
                description=fields["description"].strip(),
            )
        return "" if kind in ROBOTS or kind is EndpointKind.MAIL else added.secret

    def rotate(self, uow: UnitOfWork, channel_id: int) -> str:
        """Give a channel a fresh secret, and return it. Raises ChannelRefused."""
        with _refusals():
            return rotate_secret(uow, channel_id).secret

    def switch(self, uow: UnitOfWork, channel_id: int, *, on: bool, because: str) -> None:
        """Switch a channel on or off. Raises ChannelRefused."""
        with _refusals():
            endpoint = held_endpoint(uow.session, channel_id)
            if on:
                enable(endpoint)
            else:
                disable(uow, endpoint, because)

    def try_out(self, uow: UnitOfWork, channel_id: int, account: str) -> str:
        """Send a test message; what went wrong, or nothing. Raises ChannelRefused."""
        with _refusals():
            endpoint = endpoint_of(uow.session, channel_id)
        way = self.ways.get(endpoint.kind)
        if way is None:
            return f"there are no settings for {endpoint.kind.value}"
        return ping(endpoint, way, uow.now, key=account).error or ""

    def proofs(self, uow: UnitOfWork, asked: Fields, *, before: int | None, limit: int) -> Sequence[Proof]:
        """What was sent, the newest first, from before one of them."""
        return proofs(uow.session, self._asked(asked), before=before, limit=limit)

    def all_proofs(self, uow: UnitOfWork, asked: Fields, *, most: int) -> Iterator[Proof]:
        """The newest, read a few at a time."""
        return all_proofs(uow.session, self._asked(asked), most=most)

    def send_again(self, uow: UnitOfWork, proof_ids: Sequence[int]) -> int:
        """Send ended ones again; how many. Raises ChannelRefused."""
        with _refusals():
            return replay(uow, proof_ids)

    def _asked(self, fields: Fields) -> Asked:
        return Asked(
            key=fields.get("key", "").strip(),
            kind=_one_of(EndpointKind, fields.get("kind")),
            endpoint_id=int(channel) if (channel := fields.get("channel", "")).isdigit() else None,
            status=_one_of(DeliveryStatus, fields.get("status")),
            event_type=fields.get("event", "").strip(),
            since=self._midnight(fields.get("from"), days=0),
            until=self._midnight(fields.get("to"), days=1),
        )

    def _midnight(self, day: str | None, *, days: int) -> datetime | None:
        try:
            read = datetime.fromisoformat(day or "").date()
        except ValueError:
            return None
        return datetime.combine(read + timedelta(days=days), time(), self.zone)


def _one_of(kind: type[K], value: str | None) -> K | None:
    return kind(value) if value in list(kind) else None


def _shown(it: Endpoint) -> _Channel:
    parts = urlsplit(it.url)
    address = f"{parts.scheme}://{parts.netloc}/{HIDDEN}" if it.kind in ROBOTS else it.url
    return _Channel(
        it.id, it.kind, address, it.description, it.event_types, it.failures, it.paused_until, it.disabled_at,
        it.disabled_because,
    )  # fmt: skip


@contextmanager
def _refusals() -> Generator[None]:
    try:
        yield
    except WebhooksError as refused:
        raise ChannelRefused(str(refused)) from refused
