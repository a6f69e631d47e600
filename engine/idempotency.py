"""Does a request once, however often it arrives: the answer of the first time is kept under its key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from engine.errors import ConcurrentChange, IdempotencyConflict
from engine.runtime import UnitOfWork
from engine.storage.models import IdempotencyKey


def once(
    uow: UnitOfWork, key: str | None, operation: str, asked: dict[str, Any], act: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Run `act` unless this key's request was done before; returns the answer either way.

    Raises IdempotencyConflict when the key was used for a different request, and ConcurrentChange when the same
    request is under way elsewhere at this moment.
    """
    if key is None:
        return act()
    fingerprint = _fingerprint(operation, asked)
    known = uow.session.get(IdempotencyKey, key)
    if known is None:
        known = IdempotencyKey(key=key, operation=operation, fingerprint=fingerprint, response={}, created_at=uow.now)
        uow.session.add(known)
        _claim(uow)
        known.response = act()
    elif known.fingerprint != fingerprint:
        raise IdempotencyConflict(f"the idempotency key {key!r} was used for a different {known.operation}")
    return known.response


def done_once(
    uow: UnitOfWork, key: str | None, operation: str, asked: dict[str, Any], act: Callable[[], object]
) -> None:
    """As `once`, for a request whose answer is the changed record itself, as it is now."""

    def acted() -> dict[str, Any]:
        act()
        return {}

    once(uow, key, operation, asked, acted)


def forget_keys(uow: UnitOfWork, *, before: datetime, limit: int) -> int:
    """Drop up to `limit` keys that were first used before a moment, and return how many.

    A request that arrives with one of them again is a new request.
    """
    old = select(IdempotencyKey.key).where(IdempotencyKey.created_at < before).limit(limit)
    dropped = uow.session.scalars(
        delete(IdempotencyKey).where(IdempotencyKey.key.in_(old.scalar_subquery())).returning(IdempotencyKey.key)
    )
    return len(dropped.all())


def _claim(uow: UnitOfWork) -> None:
    try:
        uow.session.flush()
    except IntegrityError as error:
        raise ConcurrentChange("the same request is being carried out right now; ask again") from error


def _fingerprint(operation: str, asked: dict[str, Any]) -> str:
    content = orjson.dumps([operation, asked], option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS, default=str)
    return hashlib.sha256(content).hexdigest()
