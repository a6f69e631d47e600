"""Decides whether a call is let in: a known hook, a right signature, a fresh timestamp, and not too many a minute."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from standardwebhooks.webhooks import Webhook

from engine.events import Transaction
from webhooks.errors import CallRefused
from webhooks.incoming.models import Action, IncomingCall, IncomingHook
from webhooks.sealing import Vault

TOLERANCE: Final = timedelta(minutes=5)
"""How far a call's timestamp may lie from now, as Standard Webhooks has it."""
ONE_MINUTE: Final = timedelta(minutes=1)
LARGEST_BODY: Final = 262_144
LONGEST_ID: Final = 255
LET_IN: Final = (202, 403, 404, 409, 422)
"""With which statuses a rightly signed call is answered."""


@dataclass(frozen=True)
class Admission:
    """A call that was let in. `key` is the same whenever the same message comes again."""

    hook_id: int
    name: str
    action: Action
    account: str
    message_id: str
    payload: Mapping[str, Any]

    @property
    def key(self) -> str:
        return f"hook:{self.hook_id}:{self.message_id}"


def admit(uow: Transaction, vault: Vault, name: str, headers: Mapping[str, str], body: bytes) -> Admission:
    """Let a call in. Raises CallRefused, which says with which status it is to be answered."""
    hook = hook_named(uow.session, name)
    if hook is None or hook.disabled_at is not None:
        raise CallRefused(404, f"there is no hook {name!r}")
    message_id = headers.get("webhook-id", "")
    _require_signature(hook, vault, message_id, headers, body, uow.now)
    _require_room(uow, hook)
    return Admission(hook.id, hook.name, hook.action, hook.account, message_id, _payload(body))


def record(uow: Transaction, hook_id: int, message_id: str, status: int, detail: str = "") -> None:
    """Note how a call was answered."""
    uow.session.add(
        IncomingCall(hook_id=hook_id, message_id=message_id[:LONGEST_ID], at=uow.now, status=status, detail=detail)
    )


def record_refusal(uow: Transaction, name: str, message_id: str, status: int, detail: str) -> None:
    """Note that a call was refused; nothing for a hook that does not exist, or beyond what a minute may bring.

    So a stranger fills no table, and does not use up what the hook's own caller may do.
    """
    hook = hook_named(uow.session, name)
    if hook is not None and _calls(uow, hook, IncomingCall.status.not_in(LET_IN)) < hook.most_per_minute:
        record(uow, hook.id, message_id, status, detail)


def hook_named(session: Session, name: str) -> IncomingHook | None:
    """The hook with this name, switched off or not."""
    return session.scalar(select(IncomingHook).where(IncomingHook.name == name))


def _require_signature(
    hook: IncomingHook, vault: Vault, message_id: str, headers: Mapping[str, str], body: bytes, now: datetime
) -> None:
    if not message_id or len(message_id) > LONGEST_ID:
        raise CallRefused(400, "the header webhook-id is missing or too long")
    sent_at = _timestamp(headers.get("webhook-timestamp", ""))
    if abs(now - sent_at) > TOLERANCE:
        raise CallRefused(401, f"webhook-timestamp lies more than {TOLERANCE} from now; check the clock")
    if len(body) > LARGEST_BODY:
        raise CallRefused(413, f"the body has more than {LARGEST_BODY} bytes")
    given = headers.get("webhook-signature", "").split()
    written = _text(body)
    expected = [Webhook(secret).sign(message_id, sent_at, written) for secret in _secrets(hook, vault, now)]
    if not any(hmac.compare_digest(mine.encode(), theirs.encode()) for mine in expected for theirs in given):
        raise CallRefused(401, "webhook-signature fits no secret of this hook")


def _secrets(hook: IncomingHook, vault: Vault, now: datetime) -> Iterator[str]:
    yield vault.open(hook.secret)
    until = hook.previous_secret_until
    if hook.previous_secret is not None and until is not None and now < until:
        yield vault.open(hook.previous_secret)


def _timestamp(written: str) -> datetime:
    if not (written.isascii() and written.isdigit() and len(written) <= 12):
        raise CallRefused(400, "the header webhook-timestamp must hold the seconds since 1970")
    return datetime.fromtimestamp(int(written), UTC)


def _require_room(uow: Transaction, hook: IncomingHook) -> None:
    if _calls(uow, hook, IncomingCall.status.in_(LET_IN)) >= hook.most_per_minute:
        raise CallRefused(429, f"more than {hook.most_per_minute} calls in a minute", retry_after=ONE_MINUTE)


def _calls(uow: Transaction, hook: IncomingHook, which: ColumnElement[bool]) -> int:
    recent = IncomingCall.hook_id == hook.id, IncomingCall.at > uow.now - ONE_MINUTE
    return uow.session.scalar(select(func.count()).where(*recent, which)) or 0


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as garbled:
        raise CallRefused(400, "the body must be JSON in UTF-8") from garbled


def _payload(body: bytes) -> Mapping[str, Any]:
    try:
        read = orjson.loads(body)
    except orjson.JSONDecodeError as malformed:
        raise CallRefused(400, f"the body is no JSON: {malformed}") from malformed
    if not isinstance(read, dict):
        raise CallRefused(422, "the body must be a JSON object")
    return read
