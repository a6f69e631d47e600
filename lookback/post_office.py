"""Joins the web's pages of channels and proofs with the package that sends."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from engine.runtime import UnitOfWork
from web.errors import ChannelNotSo, ChannelRefused, ChannelUnknown
from web.outgoing import Channel, EventType, Fields, Proof, Standing, Wanted, Words
from webhooks.catalogue import all_versions, event_types
from webhooks.channels.letters import Way
from webhooks.channels.wording import Wording, preview
from webhooks.endpoints import (
    ROBOTS,
    Registration,
    Selection,
    add_endpoint,
    change_endpoint,
    disable,
    enable,
    endpoint_of,
    endpoints,
    held_endpoint,
    rotate_secret,
)
from webhooks.errors import InvalidEndpoint, UnknownRecord, WebhooksError, WrongStatus
from webhooks.models import DeliveryStatus, Endpoint, EndpointKind
from webhooks.pinging import ping
from webhooks.places import Places
from webhooks.policy import Policy
from webhooks.proof import Asked, all_proofs, proofs
from webhooks.replaying import replay, replay_dead, replay_range
from webhooks.sealing import Vault
from webhooks.standing import standing
from workflows.geography.divisions import divisions, path_of

K = TypeVar("K", EndpointKind, DeliveryStatus)


@dataclass(frozen=True)
class _Channel:
    """An endpoint as pages show one."""

    id: int
    kind: str
    address: str
    description: str
    event_types: Sequence[str]
    audience: Sequence[str]
    region: str
    sectors: Sequence[str]
    concurrency: int
    owner: str
    version: int
    created_at: datetime
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
    vault: Vault
    places: Places
    zone: ZoneInfo

    def kinds(self) -> Sequence[str]:
        """The kinds of channels that can be added."""
        return [kind.value for kind in EndpointKind]

    def words(self) -> Sequence[Words]:
        """Everything that people are told, on examples."""
        return preview(self.wording)

    def event_types(self) -> Sequence[EventType]:
        """Every type of event that can be sent, in its present version, by name."""
        return list(event_types().values())

    def event_type(self, name: str, version: int) -> EventType | None:
        """A type in one version, present or past; None when there is none."""
        return all_versions().get((name, version))

    def channels(self, uow: UnitOfWork) -> Sequence[Channel]:
        """All of them, the oldest first."""
        return [_shown(endpoint) for endpoint in endpoints(uow.session)]

    def channel(self, uow: UnitOfWork, channel_id: int) -> Channel:
        """One of them. Raises ChannelUnknown."""
        with _refusals():
            return _shown(endpoint_of(uow.session, channel_id))

    def add(self, uow: UnitOfWork, wanted: Wanted, *, by: str) -> int:
        """Open a channel for an account; its number. Raises ChannelRefused."""
        with _refusals():
            registration = Registration(
                wanted.url,
                _selection(wanted),
                kind=EndpointKind(wanted.kind),
                secret=wanted.secret,
                owner=by,
                description=wanted.description,
                concurrency=wanted.concurrency,
            )
            return add_endpoint(uow, registration, self.vault, reach=self.policy.reach).id

    def change(self, uow: UnitOfWork, channel_id: int, wanted: Wanted) -> None:
        """Give a channel other events or another name. Raises ChannelRefused."""
        with _refusals():
            endpoint = held_endpoint(uow.session, channel_id)
            change_endpoint(endpoint, _selection(wanted), description=wanted.description)

    def secret(self, uow: UnitOfWork, channel_id: int) -> str:
        """The secret that signs on a channel; nothing where nobody checks it, or a robot's service gave it out."""
        with _refusals():
            endpoint = endpoint_of(uow.session, channel_id)
            return "" if endpoint.kind in ROBOTS | {EndpointKind.MAIL} else self.vault.open(endpoint.secret)

    def rotate(self, uow: UnitOfWork, channel_id: int) -> None:
        """Give a channel a fresh secret. Raises ChannelRefused."""
        with _refusals():
            rotate_secret(uow, channel_id, self.vault)

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
            return ping(endpoint, way, self.vault, uow.now, key=account).error or ""

    def proofs(self, uow: UnitOfWork, asked: Fields, *, before: int | None, limit: int) -> Sequence[Proof]:
        """What was sent, the newest first, from before one of them."""
        return proofs(uow.session, self._asked(asked), before=before, limit=limit)

    def all_proofs(self, uow: UnitOfWork, asked: Fields, *, most: int) -> Iterator[Proof]:
        """The newest, read a few at a time."""
        return all_proofs(uow.session, self._asked(asked), most=most)

    def send_again(self, uow: UnitOfWork, proof_ids: Sequence[int], *, channel_id: int | None = None) -> int:
        """Send ended ones again, of one channel or of any; how many. Raises ChannelRefused."""
        with _refusals():
            return replay(uow, proof_ids, endpoint_id=channel_id)

    def send_given_up_again(self, uow: UnitOfWork, channel_id: int) -> int:
        """Send everything again that was given up for a channel; how many. Raises ChannelUnknown."""
        with _refusals():
            return replay_dead(uow, channel_id)

    def send_range_again(
        self, uow: UnitOfWork, channel_id: int, since: datetime, until: datetime, *, with_delivered: bool
    ) -> int:
        """Send what a channel lost or missed of what happened in a time; how many. Raises ChannelUnknown."""
        with _refusals():
            return replay_range(uow, channel_id, since, until, self.places, with_delivered=with_delivered)

    def standing(self, uow: UnitOfWork) -> Standing:
        """How the post stands now."""
        return standing(uow.session)

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


def region_path(code: str) -> str:
    """The path of a region by its code; empty for none. Raises InvalidEndpoint."""
    if code and code not in divisions():
        raise InvalidEndpoint(f"there is no region {code!r}")
    return path_of(code) if code else ""


def region_code(path: str) -> str:
    """The code of the region at a path."""
    return path.strip("/").rpartition("/")[2]


def _selection(wanted: Wanted) -> Selection:
    return Selection(wanted.event_types, wanted.audience, region_path(wanted.region), wanted.sectors)


def _one_of(kind: type[K], value: str | None) -> K | None:
    return kind(value) if value in list(kind) else None


def _shown(it: Endpoint) -> _Channel:
    return _Channel(
        it.id, it.kind.value, it.shown, it.description, it.event_types, it.audience, region_code(it.region),
        it.sectors, it.concurrency, it.owner, it.version, it.created_at, it.failures, it.paused_until,
        it.disabled_at, it.disabled_because,
    )  # fmt: skip


@contextmanager
def _refusals() -> Generator[None]:
    try:
        yield
    except UnknownRecord as unknown:
        raise ChannelUnknown(str(unknown)) from unknown
    except WrongStatus as wrong:
        raise ChannelNotSo(str(wrong)) from wrong
    except WebhooksError as refused:
        raise ChannelRefused(str(refused)) from refused
