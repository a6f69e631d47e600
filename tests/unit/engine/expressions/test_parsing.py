"""What parsing tells about an expression before it ever runs."""

from __future__ import annotations

import pytest

from engine.errors import ExpressionError
from engine.expressions import ensure_parses, parse, parse_script


def test_a_text_is_parsed_once() -> None:
    assert parse("hazard.unit == 1") is parse("hazard.unit == 1")


def test_the_variables_and_functions_of_an_expression_are_known() -> None:
    parsed = parse("[group(role, unit.id) for unit in units if unit.late]")
    assert parsed.names == {"role", "units"}
    assert parsed.functions == {"group"}


def test_the_lines_of_a_script_are_known() -> None:
    assert [line.name for line in parse_script("a = 1\nb = a")] == ["a", "b"]


@pytest.mark.parametrize("cell", ['"major"', "('a', 'b')", "4 < dmninputexpr < 6", "None", "True", "-1", "v > 5"])
def test_a_cell_that_is_an_expression_parses(cell: str) -> None:
    ensure_parses(cell)


@pytest.mark.parametrize("cell", ["> 5", "in ('a', 'b')", "== 3", "not in [1]", ""])
def test_a_cell_that_is_half_a_comparison_is_a_syntax_error(cell: str) -> None:
    with pytest.raises(SyntaxError):
        ensure_parses(cell)


def test_a_cell_outside_the_language_is_an_expression_error() -> None:
    with pytest.raises(ExpressionError):
        ensure_parses("().__class__")
