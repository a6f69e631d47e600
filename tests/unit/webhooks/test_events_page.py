"""Every event that is published has a schema, every schema is used, and the page of events is written from them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from webhooks.catalogue import EventType, event_types
from webhooks.events_page import rewritten, unlisted
from workflows.audit.models import AuditKind
from workflows.spot_check.models import RoundAct

PROJECT = Path(__file__).resolve().parents[3]
PAGE = PROJECT / "docs" / "events.md"
PACKAGES = ("engine", "workflows", "webhooks", "web", "lookback")
PUBLISHERS = {"publish", "_publish", "outbox_row", "tell", "_tell", "_decide", "Letter"}
EVENT_TYPE = re.compile(r"[a-z_]+\.[a-z_]+")
ADD = "add webhooks/schemas/TYPE.v1.json for each, then run `make events`"


def test_every_event_that_is_published_has_a_schema() -> None:
    known = event_types()
    missing = [it for it in sorted(set(_published())) if not any(re.fullmatch(it, each) for each in known)]
    assert missing == [], ADD


def test_every_schema_is_of_an_event_that_is_published() -> None:
    published = set(_published())
    unused = [it for it in event_types() if not any(re.fullmatch(each, it) for each in published)]
    assert unused == [], "nothing publishes these: delete their files in webhooks/schemas"


def test_every_act_of_a_round_and_every_kind_of_record_has_a_schema() -> None:
    acts = {f"spot_check.round_{act.value}" for act in RoundAct}
    kinds = {f"administration.{kind.value.replace('.', '_')}" for kind in AuditKind}
    assert sorted((acts | kinds) - set(event_types())) == [], ADD


def test_the_page_is_written_from_the_schemas_and_has_a_place_for_each() -> None:
    page = PAGE.read_text("utf-8")
    assert unlisted(page) == [], "name them in one of the comments `<!-- events: … -->` of docs/events.md"
    assert rewritten(page) == page, "run `make events`"


@pytest.mark.parametrize("it", event_types().values(), ids=lambda it: it.name)
def test_a_schema_is_whole(it: EventType) -> None:
    Draft202012Validator.check_schema(it.schema)
    assert it.schema["title"] == it.name
    assert it.description
    assert it.key
    assert set(it.schema["required"]) <= set(it.schema["properties"])


def _published() -> Iterator[str]:
    """The types that are published, as expressions: what an f-string leaves open may be any word."""
    for file in (file for package in PACKAGES for file in (PROJECT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in PUBLISHERS:
                yield from (written for written in map(_written, node.args) if written is not None)


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _written(argument: ast.expr) -> str | None:
    if isinstance(argument, ast.Constant) and EVENT_TYPE.fullmatch(str(argument.value)):
        return re.escape(str(argument.value))
    if isinstance(argument, ast.JoinedStr):
        written = "".join(map(_part, argument.values))
        return written if r"\." in written else None
    return None


def _part(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_]+"
