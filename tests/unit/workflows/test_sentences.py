"""A sentence is its English text and remembers what it was made of; every refusal is one that the catalogs can find."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import web
import workflows
from workflows.errors import InvalidRecord, UnknownRecord, WrongStage
from workflows.hazards.words import Severity, Stage
from workflows.records import Record
from workflows.sentences import sentence

CODE = sorted(Path(package.__path__[0]) for package in (web, workflows))


def test_a_sentence_is_its_english_text() -> None:
    said = sentence(
        "due on %(day)s: %(severity)s, %(why)s", day=date(2022, 11, 30), severity=Severity.MAJOR, why="100%"
    )
    assert said == "due on 2022-11-30: major, 100%"


def test_a_sentence_remembers_its_template_and_its_facts() -> None:
    said = sentence("the campaign does not cover %(severity)s", severity=Severity.MAJOR)
    assert (said.template, dict(said.facts)) == (
        "the campaign does not cover %(severity)s",
        {"severity": Severity.MAJOR},
    )


def test_a_list_is_joined_and_a_sentence_may_be_a_fact() -> None:
    missing = [sentence("a photo of %(what)s", what="it"), "a stamp"]
    assert sentence("without %(missing)s", missing=missing) == "without a photo of it, a stamp"


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (UnknownRecord(Record.HAZARD, "豫回2022-410102-000123"), "there is no hazard '豫回2022-410102-000123'"),
        (
            WrongStage(Record.HAZARD, "H-1", expected=[Stage.SELF_CHECK], actual=Stage.CLOSED),
            "hazard 'H-1' is closed; this needs it to be self_check",
        ),
        (InvalidRecord({"name": sentence("it must not be empty")}), "name: it must not be empty"),
    ],
)
def test_errors_read_as_before_in_logs_and_on_the_command_line(error: Exception, text: str) -> None:
    assert str(error) == text


def test_every_sentence_is_written_as_a_literal() -> None:
    assert [where for where, template in _templates() if not isinstance(template, ast.Constant)] == []


def _templates() -> Iterator[tuple[str, ast.expr]]:
    """Where a sentence is made outside its own module, and what stands first in the call."""
    for file in (file for folder in CODE for file in folder.rglob("*.py") if file.name != "sentences.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sentence":
                yield f"{file.name}:{node.lineno}", node.args[0]
