"""What expressions and scripts give on ordinary data."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

from engine.errors import ExpressionError, OperatorFailed
from engine.expressions import BUILT_INS, evaluate, run_script

DATA: dict[str, Any] = {
    "hazard": {"severity": "major", "unit": 7, "listed": False, "region": "/41/4101/"},
    "rectification": {"completed_by": "zhang"},
    "units": [{"id": 1, "late": True}, {"id": 2, "late": False}],
    "returns": 0,
    "reason": None,
}


def value_of(expression: str, **functions: Any) -> Any:
    return evaluate(expression, DATA, {**BUILT_INS, **functions})


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("hazard.severity == 'major'", True),
        ("(hazard.severity) == ('major')", True),
        ("hazard.severity in ('major', 'general')", True),
        ("hazard.severity not in ['general']", True),
        ("4 < hazard.unit < 6", False),
        ("4 < hazard.unit <= 7", True),
        ("returns + 1", 1),
        ("reason is None", True),
        ("reason is not None and reason.code == 1", False),
        ("not hazard.listed", True),
        ("'late' if units[0].late else 'in time'", "late"),
        ("[unit.id for unit in units if not unit.late]", [2]),
        ("{str(unit.id): unit.late for unit in units}", {"1": True, "2": False}),
        ("any(unit.late for unit in units)", True),
        ("all([unit.late for unit in units])", False),
        ("hazard['region'][1:3]", "41"),
        ("{'outcome': 'not_sampled', 'reason': ''}", {"outcome": "not_sampled", "reason": ""}),
        ("(1, 2)", [1, 2]),
        ("f'{hazard.severity}@{hazard.unit}'", "major@7"),
        ("'a' + 'b' * 2", "abb"),
        ("[1] + [2] * 2", [1, 2, 2]),
        ("7 // 2 + 7 % 2 - 2 ** 3 / 4", 2.0),
        ("-hazard.unit", -7),
        ("max([3, 5]) - min(3, 5)", 2),
        ("sum([1, 2, 3])", 6),
        ("round(2.567, 1)", 2.6),
        ("round(2.5)", 2),
        ("sorted([2, 1, 3], reverse=True)", [3, 2, 1]),
        ("len(units)", 2),
        ("int('12') + float('0.5')", 12.5),
        ("str(1) + str(True)", "1True"),
        ("'安全' in '安全生产'", True),
        ("'region' in hazard", True),
        ("[]", []),
        ("\n  returns == 0\n ", True),
    ],
)
def test_an_expression_gives_its_value(expression: str, expected: object) -> None:
    assert value_of(expression) == expected


def test_functions_are_called_by_their_plain_names() -> None:
    assert value_of("group('unit_leader', hazard.unit)", group=lambda role, unit: f"{role}@{unit}") == "unit_leader@7"


def test_a_function_takes_named_arguments() -> None:
    assert value_of("due(3, unit='day')", due=lambda amount, unit: f"{amount} {unit}") == "3 day"


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        ("hazzard.severity", "there is no variable 'hazzard'; there are hazard"),
        ("hazard.sverity", "hazard has no member 'sverity'; there are listed"),
        ("hazard['sverity']", "hazard has no member 'sverity'"),
        ("units[5].id", "units has no member 5"),
        ("reason.code", "reason is nothing"),
        ("returns.code", "returns is a number"),
        ("grop('x', 1)", "there is no function 'grop'"),
        ("hazard.severity < 5", "not supported between"),
        ("hazard.severity - 5", "- needs numbers"),
        ("1 / returns", "division by zero"),
        ("round('x')", "round() fails"),
        ("int('x')", "int() fails"),
        ("len(5)", "len() fails"),
        ("for", "this is no expression"),
    ],
)
def test_a_failure_names_what_is_missing_or_wrong(expression: str, named: str) -> None:
    with pytest.raises(ExpressionError) as failure:
        value_of(expression)
    assert named in str(failure.value)
    assert failure.value.expression == expression


def test_a_result_shares_nothing_with_the_data() -> None:
    result = value_of("[hazard, hazard]")
    result[0]["severity"] = "general"
    assert DATA["hazard"]["severity"] == "major"
    assert result[1]["severity"] == "major"


def test_a_value_that_json_cannot_hold_is_refused() -> None:
    with pytest.raises(ExpressionError, match="a object is no value"):
        value_of("thing()", thing=object)


def test_an_error_of_the_engine_passes_through_a_function() -> None:
    def refuse() -> None:
        raise OperatorFailed("the table is empty")

    with pytest.raises(OperatorFailed, match="the table is empty"):
        value_of("decide()", decide=refuse)


def test_any_mapping_serves_as_the_data() -> None:
    assert evaluate("a + 1", MappingProxyType({"a": 1}), {}) == 2


def test_a_script_assigns_line_by_line() -> None:
    script = """
        # the data stay as they are
        returns = returns + 1
        spot_check = {'outcome': 'returned', 'times': returns}
    """
    assert run_script(script, DATA, {}) == {"returns": 1, "spot_check": {"outcome": "returned", "times": 1}}
    assert DATA["returns"] == 0


def test_an_empty_script_assigns_nothing() -> None:
    assert run_script("", DATA, {}) == {}


def test_a_script_names_the_line_that_is_wrong() -> None:
    with pytest.raises(ExpressionError, match="line 2 of the script"):
        run_script("a = 1\nlen(a)", {}, BUILT_INS)
