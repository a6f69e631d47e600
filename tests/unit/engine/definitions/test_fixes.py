"""A problem has the stable name of its rule and, where there is one, what mends it at one press."""

from __future__ import annotations

import pytest

from engine.definitions import Problem
from engine.definitions.fixes import FixKind
from engine.definitions.remarks import Remark
from tests.diagrams import element, extensions, flow, lookback, service_task
from tests.unit.engine.definitions.sets import around, choosing, problems
from tests.unit.engine.definitions.test_table_checks import rule, table


def _only(found: list[Problem], rule: str) -> Problem:
    (problem,) = [each for each in found if each.rule == rule]
    return problem


def _form_task(ref: str) -> bytes:
    inner = extensions(lookback("assignment", assignee="'ann'"), lookback("form", ref=ref))
    return around(element("userTask", "a", inner), through="a")


def _operator(name: str, **parameters: str) -> bytes:
    return around(service_task("a", name, **parameters), through="a")


FIXED = {
    "the only flow without a condition becomes the default": (
        choosing("exclusiveGateway", flow("g", "a", "x"), flow("g", "b")),
        "no-default-flow", FixKind.SET_DEFAULT, {"flow": "g_to_b"},
    ),
    "a flow without a condition becomes the default": (
        choosing("exclusiveGateway", flow("g", "a", "x"), flow("g", "b")),
        "no-condition", FixKind.SET_DEFAULT, {"flow": "g_to_b"},
    ),
    "the default loses its condition": (
        choosing("exclusiveGateway", flow("g", "a", "x"), flow("g", "b", "y"), default="g_to_b"),
        "default-with-condition", FixKind.REMOVE_CONDITION, {},
    ),
    "a word of another language is rewritten": (
        choosing("exclusiveGateway", flow("g", "a", "x == true"), flow("g", "b"), default="g_to_b"),
        "other-language", FixKind.WRITE_CONDITION, {"text": "x == True"},
    ),
    "a form's name is corrected": (
        _form_task("anythin"), "no-form", FixKind.WRITE_EXTENSION,
        {"element": "form", "attribute": "ref", "value": "anything"},
    ),
    "an operator's name is corrected": (
        _operator("hazard.clos", number="1"), "unknown-operator", FixKind.WRITE_EXTENSION,
        {"element": "operator", "attribute": "name", "value": "hazard.close"},
    ),
    "a parameter's name is corrected": (
        _operator("hazard.close", number="1", reson="'x'"), "unknown-parameter", FixKind.RENAME_PARAMETER,
        {"name": "reson", "to": "reason"},
    ),
    "a missing parameter is added": (
        _operator("hazard.close"), "parameter-missing", FixKind.WRITE_PARAMETER, {"name": "number", "value": "None"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FIXED.values(), ids=FIXED.keys())
def test_a_problem_says_what_mends_it(case: tuple[bytes, str, FixKind, dict[str, str]]) -> None:
    content, name, kind, members = case
    fix = _only(problems(content), name).fix
    assert fix is not None
    assert (fix.kind, fix.members) == (kind, members)


def test_a_list_in_a_cell_is_rewritten_at_one_press() -> None:
    found = _only(problems(around(), limit_dmn=table(rule("r", "'a', 'b'", "2"))), "list-without-in")
    assert found.fix is not None
    assert found.fix.members == {"cell": "ri", "text": "in ('a', 'b')"}


def test_a_problem_s_facts_can_be_said_in_another_language() -> None:
    found = _only(problems(_form_task("gone")), "no-form")
    assert isinstance(found.message, Remark)
    assert found.message.template == "there is no form '%(form)s' in the set; add its file or correct the name"
    assert dict(found.message.facts) == {"form": "gone"}
    assert str(found) == "error: p.bpmn, a: there is no form 'gone' in the set; add its file or correct the name"
