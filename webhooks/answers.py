"""What came back for a message, and what it means: delivered, to be tried again, gone, or not to be sent at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Final

LONGEST_ERROR: Final = 500


class Verdict(StrEnum):
    DELIVERED = "delivered"
    FAILED = "failed"
    GONE = "gone"
    UNSENDABLE = "unsendable"
    UNWANTED = "unwanted"


@dataclass(frozen=True)
class Answer:
    """`status` is what the receiver answered, if it did; `error` is what went wrong, in words.

    `content` is what else it said, for a channel that has to read it.
    """

    verdict: Verdict
    took: timedelta
    status: int | None = None
    error: str | None = None
    retry_after: str | None = None
    content: bytes = b""


def answered(
    status: int, took: timedelta, *, excerpt: str = "", retry_after: str | None = None, content: bytes = b""
) -> Answer:
    """The meaning of a status: 2xx is delivered, 410 gone; everything else, a redirect too, is a failure."""
    if status // 100 == 2:
        return Answer(Verdict.DELIVERED, took, status, content=content)
    verdict = Verdict.GONE if status == HTTPStatus.GONE else Verdict.FAILED
    error = f"answered {status}: {excerpt}" if excerpt else f"answered {status}"
    return Answer(verdict, took, status, error[:LONGEST_ERROR], retry_after)


def unanswered(error: Exception, took: timedelta) -> Answer:
    """Nothing usable came back."""
    return Answer(Verdict.FAILED, took, error=f"{type(error).__name__}: {error}"[:LONGEST_ERROR])


def asked_wait(retry_after: str | None, now: datetime) -> timedelta | None:
    """The wait that a Retry-After header asks for, in seconds or as a date (RFC 9110, 10.2.3), else None."""
    if retry_after is None:
        return None
    written = retry_after.strip()
    if written.isascii() and written.isdigit():
        return timedelta(seconds=min(int(written[:10]), 10**9))
    try:
        until = parsedate_to_datetime(written)
    except ValueError:
        return None
    until = until.replace(tzinfo=UTC) if until.tzinfo is None else until
    return max(until - now, timedelta(0))
