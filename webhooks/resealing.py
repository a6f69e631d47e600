"""Seals every stored secret anew with the newest key, so that older keys can be forgotten."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webhooks.errors import Unopenable
from webhooks.incoming.models import IncomingHook
from webhooks.models import Endpoint
from webhooks.sealing import Vault


def reseal_all(session: Session, vault: Vault) -> int:
    """Seal the secrets and addresses of all endpoints and hooks anew; returns how many. Raises Unopenable."""
    resealed = 0
    for endpoint in session.scalars(select(Endpoint).with_for_update(key_share=True)):
        endpoint.url = vault.seal(vault.open(endpoint.url))
        resealed += 1 + _reseal_secrets(endpoint, vault)
    for hook in session.scalars(select(IncomingHook).with_for_update(key_share=True)):
        resealed += _reseal_secrets(hook, vault)
    return resealed


def unopenable(session: Session, vault: Vault) -> list[str]:
    """The endpoints and hooks whose secrets fit none of the keys, in words."""
    return [
        *(f"endpoint {it.id}" for it in session.scalars(select(Endpoint)) if not _opens(vault, it.url, it.secret)),
        *(f"hook {it.name}" for it in session.scalars(select(IncomingHook)) if not _opens(vault, it.secret)),
    ]


def _reseal_secrets(holder: Endpoint | IncomingHook, vault: Vault) -> int:
    holder.secret = vault.seal(vault.open(holder.secret))
    if holder.previous_secret is None:
        return 1
    holder.previous_secret = vault.seal(vault.open(holder.previous_secret))
    return 2


def _opens(vault: Vault, *sealed: str) -> bool:
    try:
        for each in sealed:
            vault.open(each)
    except Unopenable:
        return False
    return True
