"""What endpoints receive, as the `webhooks` of the OpenAPI 3.1 document: one for each type of event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from web.outgoing import EventType

HEADERS = [
    {"name": name, "in": "header", "required": True, "schema": {"type": "string"}, "description": text}
    for name, text in (
        ("webhook-id", "The same each time this event is sent; keep the ids that were dealt with"),
        ("webhook-timestamp", "Seconds since 1970, when it was sent"),
        ("webhook-signature", "As Standard Webhooks has it; several with blanks between them while a secret changes"),
    )
]
RESPONSES = {
    "2XX": {"description": "It was taken; what is answered otherwise is tried again later."},
    "410": {"description": "The endpoint is gone, and is switched off."},
}


def messages(types: Iterable[EventType]) -> dict[str, Any]:
    """The description of each message, by the event's type."""
    return {it.name: {"post": _message(it)} for it in types}


def _message(it: EventType) -> dict[str, Any]:
    return {
        "operationId": f"told-{it.name}",
        "summary": it.description,
        "tags": ["webhooks"],
        "security": [],
        "parameters": HEADERS,
        "requestBody": {"required": True, "content": {"application/json": {"schema": _body(it)}}},
        "responses": RESPONSES,
    }


def _body(it: EventType) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "version", "timestamp", "data"],
        "properties": {
            "type": {"const": it.name},
            "version": {"const": it.version},
            "timestamp": {"type": "string", "format": "date-time", "description": "When it happened"},
            "data": {name: told for name, told in it.schema.items() if not name.startswith("$")},
        },
    }
