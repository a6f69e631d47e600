"""The cells of a decision table, read as the decision engine will join them with their column."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.expressions import complaints
from engine.definitions.checks.report import error_at
from engine.definitions.problems import Problem
from engine.definitions.tables import Cell, Input, condition_of
from engine.errors import ExpressionError
from engine.expressions import ParsedExpression, parse

_VALUE: Final = "value"
"""Stands for the column's value while a cell is checked."""


def check_input(file: str, column: Input, content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    """The problems of an input column's expression."""
    if not column.expression:
        yield error_at(file, column.element, "the input has no expression; write what the column tests")
        return
    try:
        parsed = parse(column.expression)
    except ExpressionError as error:
        yield error_at(file, column.element, f"input: {error}")
        return
    for message in complaints(parsed, content, vocabulary):
        yield error_at(file, column.element, f"input: {message}")


def check_input_cell(
    file: str, rule: int, column: Input, cell: Cell, content: Content, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """The problems of a condition: a value, a comparison such as `> 5`, or a test with `?` for the column's value."""
    if cell.text in {"", "-"}:
        return
    try:
        parsed = parse(condition_of(cell.text, _VALUE))
    except ExpressionError as error:
        yield error_at(file, cell.element, f"rule {rule}, {column.label}: {error}")
        return
    for message in [*_misunderstandings(parsed), *complaints(parsed, content, vocabulary)]:
        yield error_at(file, cell.element, f"rule {rule}, {column.label}: {message}")


def check_output_cell(file: str, rule: int, cell: Cell, content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    """The problems of an outcome; an empty one gives an empty text."""
    if not cell.text:
        return
    try:
        parsed = parse(cell.text)
    except ExpressionError as error:
        yield error_at(file, cell.element, f"rule {rule}: {error}")
        return
    for message in complaints(parsed, content, vocabulary):
        yield error_at(file, cell.element, f"rule {rule}: {message}")


def _misunderstandings(parsed: ParsedExpression) -> Iterator[str]:
    """What is written in FEEL's way and would be compared as it stands, so that the rule is never hit."""
    match parsed.tree:
        case ast.Tuple() if not parsed.text.startswith("("):
            yield f"a list of values is tested with in: write in ({parsed.text})"
        case ast.UnaryOp(op=ast.Not()) if _VALUE not in parsed.names:
            yield "a negation is tested with != or not in: write != 'a', or not in ('a', 'b')"
        case _:
            pass
