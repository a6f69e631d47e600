"""Signatures as the Standard Webhooks specification has them, by its own library; every secret in force signs."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from standardwebhooks.webhooks import Webhook

from webhooks.models import Endpoint
from webhooks.sealing import Vault

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32
"""The specification asks for 24 to 64."""


def new_secret() -> str:
    """A fresh random secret in the specification's spelling, `whsec_…`."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def secrets_of(endpoint: Endpoint, vault: Vault, now: datetime) -> tuple[str, ...]:
    """The secrets that sign now, the newest first: two while a rotation overlaps. Raises Unopenable."""
    return tuple(vault.open(sealed) for sealed in _sealed(endpoint, now))


def signed_headers(message_id: str, body: bytes, secrets: tuple[str, ...], now: datetime) -> dict[str, str]:
    """The three headers by which a receiver knows the message, its age and its sender."""
    signatures = (Webhook(secret).sign(message_id, now, body.decode()) for secret in secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _sealed(endpoint: Endpoint, now: datetime) -> Iterator[str]:
    if endpoint.secret:
        yield endpoint.secret
    until = endpoint.previous_secret_until
    if endpoint.previous_secret is not None and until is not None and now < until:
        yield endpoint.previous_secret
