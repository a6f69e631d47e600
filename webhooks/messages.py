"""What is sent: the body that carries an event, the same bytes each time it is tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from engine.storage.models import OutboxEvent


@dataclass(frozen=True)
class Message:
    """A body, and the stable id by which the receiver knows it again."""

    id: str
    body: bytes


def message_of(event: OutboxEvent) -> Message:
    """An event of the outbox as it is sent."""
    return write_message(str(event.event_id), event.type, event.at, event.data)


def write_message(message_id: str, event_type: str, at: datetime, data: dict[str, Any]) -> Message:
    """A message of a type, at the moment it happened, with its data."""
    content = {"type": event_type, "timestamp": at.isoformat(), "data": data}
    return Message(message_id, orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS))
