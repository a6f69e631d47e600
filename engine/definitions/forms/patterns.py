"""Patterns of form designers, matched by RE2: in time that grows with the text only, whatever the pattern is."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import re2

from engine.sentences import sentence

PATTERN_LENGTH: Final = 500
_MEMORY: Final = 1024 * 1024
"""Bytes that one compiled pattern may take."""


class UnreadablePattern(ValueError):
    """A pattern is too long, no regular expression, or uses look-around or back references, which RE2 has not."""


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern occurs in a text; as in form-js, ^ and $ are needed to mean the whole. Raises ValueError."""
    return _compiled(pattern).search(text) is not None


def ensure_readable(pattern: str) -> None:
    """Raises UnreadablePattern that says why a pattern cannot be used."""
    _compiled(pattern)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    if len(pattern) > PATTERN_LENGTH:
        raise UnreadablePattern(sentence("it is longer than %(most)s characters", most=PATTERN_LENGTH))
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(pattern, options)
    except (re2.error, UnicodeEncodeError) as error:
        raise UnreadablePattern(_reason(error)) from error


def _reason(error: Exception) -> str:
    reason = error.args[0]
    return reason.decode(errors="replace") if isinstance(reason, bytes) else str(error)
