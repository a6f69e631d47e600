"""Holds every event that a test wrote into the outbox against its schema."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from sqlalchemy import select

from engine.storage.database import Database
from engine.storage.models import OutboxEvent
from webhooks.catalogue import event_types


def require_schemas(database: Database) -> None:
    """Fails when an event has no schema, does not fit it, or has data that the schema does not name."""
    with database.reading() as session:
        events = session.execute(select(OutboxEvent.type, OutboxEvent.data)).all()
    wrong = {problem for event_type, data in events for problem in _problems(event_type, data)}
    assert wrong == set(), "mend webhooks/schemas, then run `make events`: " + "; ".join(sorted(wrong))


def _problems(event_type: str, data: dict[str, Any]) -> Iterator[str]:
    known = event_types().get(event_type)
    if known is None:
        yield f"add {event_type}.v1.json"
        return
    unnamed = sorted(set(data) - set(known.schema["properties"]))
    if unnamed:
        yield f"{event_type}.v{known.version}.json does not name {', '.join(unnamed)}"
    yield from (f"{event_type}: {error.message}" for error in _validator(event_type).iter_errors(data))


@cache
def _validator(event_type: str) -> Draft202012Validator:
    return Draft202012Validator(event_types()[event_type].schema, format_checker=FormatChecker())
