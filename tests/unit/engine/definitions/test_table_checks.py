"""Decision tables: one to a file, of a hit policy that is run, complete, and readable cell by cell."""

from __future__ import annotations

import pytest

from tests.unit.engine.definitions.sets import around, problems

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def cell(kind: str, id: str, text: str) -> str:
    return f'<{kind} id="{id}"><text>{text}</text></{kind}>'


def rule(id: str, condition: str, outcome: str) -> str:
    return f'<rule id="{id}">{cell("inputEntry", id + "i", condition)}{cell("outputEntry", id + "o", outcome)}</rule>'


def table(*rules: str, tests: str = "severity", gives: str = "days", more: str = "") -> bytes:
    columns = f'<input id="i"><inputExpression id="ie"><text>{tests}</text></inputExpression></input>'
    columns += f'<output id="o" name="{gives}"/>'
    logic = f'<decisionTable id="t" {more}>{columns}{"".join(rules)}</decisionTable>'
    return (
        f'<definitions xmlns="{NAMESPACE}" id="d" name="d" namespace="urn:test">'
        f'<decision id="limit" name="limit">{logic}</decision></definitions>'
    ).encode()


SPOILED = {
    "a hit policy that is not run": (table(rule("r", "1", "2"), more='hitPolicy="FIRST"'), "t", "hit policy FIRST"),
    "an aggregation": (
        table(rule("r", "1", "2"), more='hitPolicy="COLLECT" aggregation="SUM"'),
        "t",
        "does not aggregate",
    ),
    "no input expression": (table(rule("r", "1", "2"), tests=""), "i", "has no expression"),
    "an input that does not parse": (table(rule("r", "1", "2"), tests="severity =="), "i", "this is no expression"),
    "an output without a name": (table(rule("r", "1", "2"), gives="天数"), "o", "is no identifier"),
    "a list in FEEL's way": (table(rule("r", "'a', 'b'", "2")), "ri", "write in ('a', 'b')"),
    "a negation in FEEL's way": (table(rule("r", "not('a')", "2")), "ri", "a negation is tested with !="),
    "an unreadable cell": (table(rule("r", "&gt; &gt;", "2")), "ri", "this is no expression"),
    "an unreadable outcome": (table(rule("r", "1", "import")), "ro", "this is no expression"),
    "an unknown function": (table(rule("r", "1", "days_of('x')")), "ro", "there is no function 'days_of'"),
    "a rule with too few cells": (
        table(f'<rule id="r">{cell("inputEntry", "ri", "1")}</rule>'),
        "r",
        "1 conditions and 0 outcomes",
    ),
    "a rule that is never hit": (table(rule("r", "1", "2"), rule("s", "1", "3")), "s", "conditions of rule 1"),
}


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED.keys())
def test_a_problem_of_a_table_names_its_cell(spoiled: tuple[bytes, str, str]) -> None:
    content, element_id, sentence = spoiled
    found = problems(around(), limit_dmn=content)
    assert [p for p in found if p.file == "limit.dmn" and p.element_id == element_id and sentence in p.message], found


def test_a_sound_table_has_no_problem() -> None:
    content = table(rule("r", "'major'", "3"), rule("s", "in ('general', 'slight')", "15"), rule("t2", "-", "30"))
    assert problems(around(), limit_dmn=content) == []


def test_a_file_with_two_decisions_is_refused() -> None:
    two = table(rule("r", "1", "2")).replace(b"</definitions>", b'<decision id="second" name="second"/></definitions>')
    assert "keep one decision to a file" in problems(around(), limit_dmn=two)[0].message
