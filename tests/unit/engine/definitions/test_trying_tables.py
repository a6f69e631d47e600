"""A table is tried with the engine's own decision: what it asks for, which rules are hit, and what it gives."""

from __future__ import annotations

import pytest

from engine.definitions.tables import read_table
from engine.definitions.trying import CannotTry, Question, Tried, questions_of, read_entry, try_table
from engine.definitions.xml import read_xml
from engine.errors import ExpressionError
from tests.unit.engine.definitions.test_table_checks import rule, table

NOW = "2022-11-08T00:00:00+00:00"


def tried(content: bytes, **entries: str) -> Tried:
    return try_table({"limit.dmn": content}, "limit", entries, {}, NOW)


def asked(content: bytes) -> list[Question]:
    logic = read_table(next(iter(read_xml(content, "limit.dmn"))))
    assert logic is not None
    return questions_of(logic)


def test_a_rule_that_fits_is_hit_and_gives_the_outcome() -> None:
    found = tried(table(rule("r", "'major'", "60"), rule("s", "'general'", "30")), severity="general")
    assert (found.hits, found.outcome) == ((2,), {"days": 30})


def test_every_rule_that_fits_is_named_though_a_unique_table_takes_the_first() -> None:
    found = tried(table(rule("r", "&gt; 5", "1"), rule("s", "&gt; 3", "2")), severity="9")
    assert (found.hits, found.outcome) == ((1, 2), {"days": 1})


def test_a_collecting_table_gives_what_all_rules_give() -> None:
    content = table(rule("r", "&gt; 5", "1"), rule("s", "-", "2"), more='hitPolicy="COLLECT"')
    assert tried(content, severity="9").outcome == {"days": [1, 2]}


def test_nothing_entered_hits_no_rule() -> None:
    assert tried(table(rule("r", "'major'", "60")), severity="").hits == ()


def test_a_table_asks_for_the_members_that_it_looks_at_with_the_values_of_its_cells() -> None:
    content = table(rule("r", "'major'", "base + 1"), rule("s", "in ('a', 'b')", "2"), tests="hazard.severity")
    assert asked(content) == [
        Question("hazard.severity", "hazard.severity", ("major", "a", "b")),
        Question("base", "base"),
    ]


def test_members_are_entered_by_their_path() -> None:
    content = table(rule("r", "'major'", "60"), tests="hazard.severity")
    assert tried(content, **{"hazard.severity": "major"}).hits == (1,)


@pytest.mark.parametrize(
    ("text", "value"),
    [("major", "major"), ("15", 15), ("true", True), ("", None), ("'15'", "15"), ('"15"', "15"), ("[1]", "[1]")],
)
def test_an_entry_is_read_as_what_it_looks_like(text: str, value: object) -> None:
    assert read_entry(text) == value


def test_what_a_rule_cannot_work_out_is_an_error_of_its_expression() -> None:
    with pytest.raises(ExpressionError):
        tried(table(rule("r", "-", "severity + 1")), severity="text")


def test_a_table_that_cannot_be_read_cannot_be_tried() -> None:
    with pytest.raises(CannotTry):
        try_table({"limit.dmn": b"<definitions/>"}, "limit", {}, {}, NOW)
