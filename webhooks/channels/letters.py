"""One event on its way to one endpoint, and how such a letter is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from webhooks.answers import Answer


@dataclass(frozen=True)
class Letter:
    """What happened, and where it is to go. `id` is the same each time the event is sent, `key` what it is about: a
    hazard's number or, for what a person is told, that person's account."""

    url: str
    secrets: tuple[str, ...]
    id: str
    type: str
    at: datetime
    key: str
    data: Mapping[str, Any]


class Way(Protocol):
    """How letters of one kind are sent; used by all threads at once."""

    def send(self, letter: Letter, now: datetime) -> Answer:
        """Send it and say what came of it; whatever goes wrong on the way is an answer too, never an error."""
        ...
