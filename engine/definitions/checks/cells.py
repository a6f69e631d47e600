"""The cells of a decision table, read as the decision engine will join them with their column."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from engine.definitions.checks.content import Content, Vocabulary
from engine.definitions.checks.expressions import complaints, unreadable
from engine.definitions.checks.report import error_at
from engine.definitions.diagrams import identity
from engine.definitions.fixes import Fix, write_cell
from engine.definitions.problems import Problem
from engine.definitions.remarks import Remark, remark
from engine.definitions.tables import Cell, Input, condition_of
from engine.errors import ExpressionError
from engine.expressions import ParsedExpression, parse
from engine.sentences import Sentence, sentence

_VALUE: Final = "value"
"""Stands for the column's value while a cell is checked."""


def check_input(file: str, column: Input, content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    """The problems of an input column's expression."""
    if not column.expression:
        said = remark("input-without-expression", "the input has no expression; write what the column tests")
        yield error_at(file, column.element, said)
        return
    try:
        parsed = parse(column.expression)
    except ExpressionError as error:
        yield error_at(file, column.element, unreadable(error).at(sentence("input")))
        return
    for said in complaints(parsed, content, vocabulary):
        yield error_at(file, column.element, said.at(sentence("input")))


def check_input_cell(
    file: str, rule: int, column: Input, cell: Cell, content: Content, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """The problems of a condition: a value, a comparison such as `> 5`, or a test with `?` for the column's value."""
    if cell.text in {"", "-"}:
        return
    place = cell_place(rule, column.label)
    try:
        parsed = parse(condition_of(cell.text, _VALUE))
    except ExpressionError as error:
        yield error_at(file, cell.element, unreadable(error).at(place))
        return
    rewrite = _rewriting(cell) if parsed.text == cell.text else None
    for said in [*_misunderstandings(parsed, cell), *complaints(parsed, content, vocabulary, rewrite)]:
        yield error_at(file, cell.element, said.at(place))


def check_output_cell(file: str, rule: int, cell: Cell, content: Content, vocabulary: Vocabulary) -> Iterator[Problem]:
    """The problems of an outcome; an empty one gives an empty text."""
    if not cell.text:
        return
    place = sentence("rule %(rule)s", rule=rule)
    try:
        parsed = parse(cell.text)
    except ExpressionError as error:
        yield error_at(file, cell.element, unreadable(error).at(place))
        return
    for said in complaints(parsed, content, vocabulary, _rewriting(cell)):
        yield error_at(file, cell.element, said.at(place))


def cell_place(rule: int, column: str) -> Sentence:
    """Which cell is meant, in words."""
    return sentence("rule %(rule)s, %(column)s", rule=rule, column=column)


def _rewriting(cell: Cell) -> Callable[[str], Fix]:
    return partial(write_cell, identity(cell.element))


def _misunderstandings(parsed: ParsedExpression, cell: Cell) -> Iterator[Remark]:
    """What is written in FEEL's way and would be compared as it stands, so that the rule is never hit."""
    match parsed.tree:
        case ast.Tuple() if not parsed.text.startswith("("):
            yield remark(
                "list-without-in",
                "a list of values is tested with in: write in (%(values)s)",
                write_cell(identity(cell.element), f"in ({parsed.text})"),
                values=parsed.text,
            )
        case ast.UnaryOp(op=ast.Not()) if _VALUE not in parsed.names:
            yield remark(
                "negation-in-cell", "a negation is tested with != or not in: write != 'a', or not in ('a', 'b')"
            )
        case _:
            pass
