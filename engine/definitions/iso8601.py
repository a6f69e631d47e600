"""Tells durations, moments and repetitions of ISO 8601 from each other, and from an expression that gives one."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

_DURATION: Final = re.compile(
    r"P(?=\d|T\d)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)"
)
_LITERAL: Final = re.compile(r"P\d|PT|R\d|R/|\d{4}")


def is_literal(text: str) -> bool:
    """Whether a timer's text is written as a literal, right or wrong, rather than as an expression."""
    return _LITERAL.match(text) is not None


def is_duration(text: str) -> bool:
    """Whether a text is a duration such as P3D, PT12H30M or P2W."""
    return _DURATION.fullmatch(text) is not None


def is_moment(text: str) -> bool:
    """Whether a text is a date and time with its zone, such as 2023-01-31T18:00:00+08:00."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def is_repetition(text: str) -> bool:
    """Whether a text repeats a duration, such as R3/PT1H, R/P1D or R2/2022-11-08T09:00:00+08:00/P1D.

    The duration must be more than nothing, and there may be 999 repetitions, or, with a bare R, no end of them.
    """
    match text.split("/"):
        case [times, every]:
            return _is_count(times) and _is_interval(every)
        case [times, first, every]:
            return _is_count(times) and is_moment(first) and _is_interval(every)
        case _:
            return False


def _is_count(times: str) -> bool:
    return re.fullmatch(r"R\d{0,3}", times) is not None


def _is_interval(text: str) -> bool:
    return is_duration(text) and re.search("[1-9]", text) is not None
