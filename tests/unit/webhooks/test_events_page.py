"""The page of events lists what the code publishes, and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from workflows.spot_check.models import RoundStatus

PROJECT = Path(__file__).resolve().parents[3]
PACKAGES = ("engine", "workflows", "webhooks", "web", "lookback")
PUBLISHERS = {"publish", "outbox_row", "tell", "_tell", "Letter"}
EVENT_TYPE = re.compile(r"[a-z_]+\.[a-z_]+")


def test_every_event_that_is_published_is_on_the_page() -> None:
    listed = _listed()
    assert [it for it in sorted(set(_published())) if not any(re.fullmatch(it, each) for each in listed)] == []


def test_every_event_on_the_page_is_published() -> None:
    published = set(_published())
    assert [it for it in sorted(_listed()) if not any(re.fullmatch(each, it) for each in published)] == []


def test_every_status_of_a_round_is_on_the_page() -> None:
    assert {f"spot_check.round_{status.value}" for status in RoundStatus} <= _listed()


def _listed() -> set[str]:
    page = (PROJECT / "docs" / "events.md").read_text("utf-8")
    return set(re.findall(r"^\| `([a-z_.]+)` \|", page, re.MULTILINE))


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
