"""Endpoints: registered, found, changed, given a new secret, switched off and on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.events import Transaction, publish
from webhooks.errors import InvalidEndpoint, UnknownRecord, WrongStatus
from webhooks.event_types import require_patterns
from webhooks.models import Endpoint, EndpointKind
from webhooks.policy import Reach
from webhooks.sealing import Vault
from webhooks.signing import new_secret
from webhooks.targets import target_of

ROBOTS: Final = frozenset({EndpointKind.WECOM, EndpointKind.DINGTALK, EndpointKind.FEISHU, EndpointKind.APPRISE})
OVERLAP: Final = timedelta(days=1)
"""How long the secret before a rotation goes on signing."""

HIDDEN: Final = "…"
PUBLIC: Final = Reach()


@dataclass(frozen=True)
class Selection:
    """Which events an endpoint gets: of these types and, where something is named, only about these keys, within this
    region (its path) and these sectors."""

    event_types: Sequence[str]
    audience: Sequence[str] = ()
    region: str = ""
    sectors: Sequence[str] = ()


@dataclass(frozen=True)
class Registration:
    """An endpoint that somebody, `owner`, wants. Mail needs no `url`; `secret` is a chat robot's, if its service gave
    one out; `concurrency` bounds how many messages are under way at a time."""

    url: str
    selection: Selection
    kind: EndpointKind = EndpointKind.HOOK
    secret: str = ""
    owner: str = ""
    description: str = ""
    concurrency: int = 4


def add_endpoint(uow: Transaction, wanted: Registration, vault: Vault, *, reach: Reach = PUBLIC) -> Endpoint:
    """Let an address have some events from now on; any but a chat robot gets a fresh secret. Raises InvalidEndpoint."""
    _refuse_address(wanted, reach)
    if wanted.concurrency < 1:
        raise InvalidEndpoint("at least one message must be allowed to be under way")
    endpoint = Endpoint(
        kind=wanted.kind,
        url=vault.seal(wanted.url),
        shown=_shown(wanted.url, wanted.kind),
        secret=vault.seal(wanted.secret if wanted.kind in ROBOTS else new_secret()),
        owner=wanted.owner,
        description=_one_line(wanted.description),
        concurrency=wanted.concurrency,
        created_at=uow.now,
    )
    _select(endpoint, wanted.selection)
    uow.session.add(endpoint)
    uow.session.flush()
    return endpoint


def endpoints(session: Session) -> Sequence[Endpoint]:
    """All of them, the oldest first."""
    return session.scalars(select(Endpoint).order_by(Endpoint.id)).all()


def endpoint_of(session: Session, endpoint_id: int) -> Endpoint:
    """An endpoint to read. Raises UnknownRecord."""
    return _found(session.get(Endpoint, endpoint_id), endpoint_id)


def held_endpoint(session: Session, endpoint_id: int) -> Endpoint:
    """An endpoint that nobody else changes until this transaction ends. Raises UnknownRecord."""
    locked = select(Endpoint).where(Endpoint.id == endpoint_id).with_for_update(key_share=True)
    return _found(session.scalar(locked.execution_options(populate_existing=True)), endpoint_id)


def change_endpoint(endpoint: Endpoint, selection: Selection, *, description: str) -> None:
    """Give an endpoint other events from now on, or another name. Raises InvalidEndpoint."""
    _select(endpoint, selection)
    endpoint.description = _one_line(description)
    endpoint.version += 1


def rotate_secret(uow: Transaction, endpoint_id: int, vault: Vault, *, overlap: timedelta = OVERLAP) -> Endpoint:
    """Give an endpoint a fresh secret; until the overlap ends the one before signs too.

    Raises UnknownRecord, and WrongStatus for a kind whose secret is not ours to give.
    """
    endpoint = held_endpoint(uow.session, endpoint_id)
    if endpoint.kind in ROBOTS:
        raise WrongStatus(f"the secret of endpoint {endpoint_id} comes from the robot's own service")
    endpoint.previous_secret, endpoint.previous_secret_until = endpoint.secret, uow.now + overlap
    endpoint.secret = vault.seal(new_secret())
    endpoint.version += 1
    return endpoint


def disable(uow: Transaction, endpoint: Endpoint, because: str) -> None:
    """Switch an endpoint off and tell the outbox; what is pending waits, what happens meanwhile is not kept for it.

    The event's key is the owner's account, so that mail and short messages reach the owner. Raises WrongStatus when it
    is off already.
    """
    if endpoint.disabled_at is not None:
        raise WrongStatus(f"endpoint {endpoint.id} is switched off already: {endpoint.disabled_because}")
    endpoint.disabled_at, endpoint.disabled_because = uow.now, because
    endpoint.version += 1
    facts = {"endpoint": endpoint.id, "url": endpoint.shown, "reason": because, "description": endpoint.description}
    publish(uow, "endpoint.disabled", endpoint.owner or f"endpoint-{endpoint.id}", {**facts, "owner": endpoint.owner})


def enable(endpoint: Endpoint) -> None:
    """Switch an endpoint on again with a clean slate; a replay brings what it missed.

    Raises WrongStatus when it is on.
    """
    if endpoint.disabled_at is None:
        raise WrongStatus(f"endpoint {endpoint.id} is on")
    endpoint.disabled_at = endpoint.disabled_because = None
    endpoint.failures, endpoint.failing_since, endpoint.paused_until = 0, None, None
    endpoint.version += 1


def _select(endpoint: Endpoint, selection: Selection) -> None:
    require_patterns(selection.event_types)
    endpoint.event_types = list(selection.event_types)
    endpoint.audience = list(selection.audience)
    endpoint.region = selection.region
    endpoint.sectors = list(selection.sectors)


def _one_line(text: str) -> str:
    """It becomes the subject of a mail."""
    return " ".join(text.split())


def _refuse_address(wanted: Registration, reach: Reach) -> None:
    if wanted.kind is EndpointKind.APPRISE:
        if wanted.url not in reach.services:
            known = ", ".join(sorted(reach.services)) or "none"
            raise InvalidEndpoint(f"name one of webhooks.services instead of a URL; there is {known}")
    elif wanted.kind is not EndpointKind.MAIL:
        target_of(wanted.url, reach.http_hosts)


def _shown(url: str, kind: EndpointKind) -> str:
    """A robot's key stands in its address: in the query, or at the end of the path."""
    if kind not in ROBOTS or kind is EndpointKind.APPRISE:
        return url
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/{HIDDEN}"


def _found(endpoint: Endpoint | None, endpoint_id: int) -> Endpoint:
    if endpoint is None:
        raise UnknownRecord("endpoint", endpoint_id)
    return endpoint
