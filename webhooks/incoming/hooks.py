"""Incoming hooks: added, listed, given a new secret, switched off and on; and the calls of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.events import Transaction
from webhooks.endpoints import OVERLAP
from webhooks.errors import InvalidEndpoint, UnknownRecord
from webhooks.incoming.admitting import hook_named
from webhooks.incoming.models import Action, IncomingCall, IncomingHook
from webhooks.sealing import Vault
from webhooks.signing import new_secret

NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def add_hook(
    uow: Transaction,
    vault: Vault,
    name: str,
    action: Action,
    account: str,
    *,
    description: str = "",
    most_per_minute: int = 60,
) -> IncomingHook:
    """Let another system call under a name, for an account, with a fresh secret. Raises InvalidEndpoint."""
    if not NAME.fullmatch(name):
        raise InvalidEndpoint(f"{name!r} is no name of a hook; use small letters, digits and hyphens")
    if hook_named(uow.session, name) is not None:
        raise InvalidEndpoint(f"there is a hook {name!r} already")
    hook = IncomingHook(
        name=name,
        action=action,
        account=account,
        description=description,
        most_per_minute=most_per_minute,
        secret=vault.seal(new_secret()),
        created_at=uow.now,
    )
    uow.session.add(hook)
    uow.session.flush()
    return hook


def hooks(session: Session) -> Sequence[IncomingHook]:
    """All of them, by name."""
    return session.scalars(select(IncomingHook).order_by(IncomingHook.name)).all()


def rotate_hook(uow: Transaction, vault: Vault, name: str, *, overlap: timedelta = OVERLAP) -> IncomingHook:
    """Give a hook a fresh secret; until the overlap ends the one before is taken too. Raises UnknownRecord."""
    hook = _hook(uow.session, name)
    hook.previous_secret, hook.previous_secret_until = hook.secret, uow.now + overlap
    hook.secret = vault.seal(new_secret())
    return hook


def switch(uow: Transaction, name: str, *, on: bool) -> None:
    """Let a hook call, or not any more. Raises UnknownRecord."""
    _hook(uow.session, name).disabled_at = None if on else uow.now


def calls_of(session: Session, name: str, *, limit: int) -> Sequence[IncomingCall]:
    """The latest calls of a hook, the newest first. Raises UnknownRecord."""
    made = select(IncomingCall).where(IncomingCall.hook_id == _hook(session, name).id)
    return session.scalars(made.order_by(IncomingCall.at.desc(), IncomingCall.id.desc()).limit(limit)).all()


def _hook(session: Session, name: str) -> IncomingHook:
    hook = hook_named(session, name)
    if hook is None:
        raise UnknownRecord("hook", name)
    return hook
