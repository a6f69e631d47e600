"""Opaque page positions: signed, so that nobody can make one up, and bound to the list they belong to."""

from __future__ import annotations

from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from web.errors import InvalidCursor
from web.wiring import settings


def cursor(of: str, position: list[Any]) -> str:
    """A position in the list named `of`, as text for an address."""
    return str(_signer(of).dumps(position))


def position(of: str, text: str | None) -> list[Any] | None:
    """The position that a cursor stands for; None for the first page. Raises InvalidCursor."""
    if not text:
        return None
    try:
        read = _signer(of).loads(text)
    except BadSignature as forged:
        raise InvalidCursor from forged
    return list(read)


def _signer(of: str) -> URLSafeSerializer:
    return URLSafeSerializer(settings().secret_key, salt=f"cursor.{of}")
