"""Endpoints: added, found, given a new secret, switched off and on."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.events import Transaction, publish
from webhooks.errors import InvalidEndpoint, UnknownRecord, WrongStatus
from webhooks.event_types import require_patterns
from webhooks.models import Endpoint, EndpointKind
from webhooks.signing import new_secret
from webhooks.targets import target_of

ROBOTS: Final = frozenset({EndpointKind.WECOM, EndpointKind.DINGTALK, EndpointKind.FEISHU})
OVERLAP: Final = timedelta(days=1)
"""How long the secret before a rotation goes on signing."""


def add_endpoint(
    uow: Transaction,
    url: str,
    event_types: Sequence[str],
    *,
    kind: EndpointKind = EndpointKind.HOOK,
    secret: str | None = None,
    audience: Sequence[str] = (),
    http_hosts: Container[str] = frozenset(),
    description: str = "",
    concurrency: int = 4,
) -> Endpoint:
    """Let an address have the events of some types from now on, of all keys or of an `audience`.

    A chat robot's secret is what its service gave out, or empty; every other endpoint gets a fresh one. Mail needs no
    address. `concurrency` bounds how many messages are under way at a time. Raises InvalidEndpoint.
    """
    if kind is not EndpointKind.MAIL:
        target_of(url, http_hosts)
    require_patterns(event_types)
    if concurrency < 1:
        raise InvalidEndpoint("at least one message must be allowed to be under way")
    endpoint = Endpoint(
        kind=kind,
        url=url,
        audience=list(audience),
        event_types=list(event_types),
        description=description,
        concurrency=concurrency,
        secret=(secret or "") if kind in ROBOTS else new_secret(),
        created_at=uow.now,
    )
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


def rotate_secret(uow: Transaction, endpoint_id: int, *, overlap: timedelta = OVERLAP) -> Endpoint:
    """Give an endpoint a fresh secret; until the overlap ends the one before signs too. Raises UnknownRecord."""
    endpoint = held_endpoint(uow.session, endpoint_id)
    endpoint.previous_secret, endpoint.previous_secret_until = endpoint.secret, uow.now + overlap
    endpoint.secret = new_secret()
    return endpoint


def disable(uow: Transaction, endpoint: Endpoint, because: str) -> None:
    """Switch an endpoint off and tell the outbox; what is pending waits, what happens meanwhile is not kept for it.

    Raises WrongStatus when it is off already.
    """
    if endpoint.disabled_at is not None:
        raise WrongStatus(f"endpoint {endpoint.id} is switched off already: {endpoint.disabled_because}")
    endpoint.disabled_at, endpoint.disabled_because = uow.now, because
    facts = {"endpoint": endpoint.id, "url": endpoint.url, "reason": because}
    publish(uow, "endpoint.disabled", f"endpoint-{endpoint.id}", facts)


def enable(endpoint: Endpoint) -> None:
    """Switch an endpoint on again with a clean slate; a replay brings what it missed.

    Raises WrongStatus when it is on.
    """
    if endpoint.disabled_at is None:
        raise WrongStatus(f"endpoint {endpoint.id} is on")
    endpoint.disabled_at = endpoint.disabled_because = None
    endpoint.failures, endpoint.failing_since, endpoint.paused_until = 0, None, None


def _found(endpoint: Endpoint | None, endpoint_id: int) -> Endpoint:
    if endpoint is None:
        raise UnknownRecord("endpoint", endpoint_id)
    return endpoint
