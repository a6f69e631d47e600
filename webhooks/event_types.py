"""Which event types an endpoint wants: whole names, or beginnings that end in a star."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from webhooks.errors import InvalidEndpoint

PATTERN: Final = re.compile(r"\*|[a-z][a-z_.]*\*?")


def is_wanted(event_type: str, patterns: Iterable[str]) -> bool:
    """Whether a type is among the patterns: `hazard.closed`, `hazard.*`, or `*` for everything."""
    return any(_fits(event_type, pattern) for pattern in patterns)


def require_patterns(patterns: Sequence[str]) -> None:
    """Raises InvalidEndpoint when there is no pattern, or one could never fit."""
    if not patterns:
        raise InvalidEndpoint("name at least one event type; * stands for all of them")
    for pattern in patterns:
        if not PATTERN.fullmatch(pattern):
            raise InvalidEndpoint(f"{pattern!r} is no event type; examples are hazard.closed, hazard.* and *")


def _fits(event_type: str, pattern: str) -> bool:
    return event_type.startswith(pattern[:-1]) if pattern.endswith("*") else event_type == pattern
