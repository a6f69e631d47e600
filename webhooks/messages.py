"""What another system receives: the body that carries an event, the same bytes each time it is tried."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from webhooks.catalogue import version_of


def write_message(event_type: str, at: datetime, data: Mapping[str, Any]) -> bytes:
    """The body for an event of a type, at the moment it happened, with its data as the type's present schema has it."""
    content = {"type": event_type, "version": version_of(event_type), "timestamp": at.isoformat(), "data": data}
    return orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS)
