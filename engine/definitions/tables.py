"""A decision table as it was drawn: its columns, rules and cells, for checking and comparing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from engine.definitions.diagrams import identity, kind, text_of
from engine.definitions.xml import Element
from engine.expressions import ensure_parses

_PLACEHOLDER: Final = re.compile(r"\?(?=(?:[^'\"]|['\"][^'\"]*['\"])*$)")


@dataclass(frozen=True)
class Input:
    """A column that is tested."""

    element: Element
    label: str
    expression: str


@dataclass(frozen=True)
class Output:
    """A column that is given; its name is the member of the outcome."""

    element: Element
    name: str


@dataclass(frozen=True)
class Cell:
    """One entry of a rule."""

    element: Element
    text: str


@dataclass(frozen=True)
class Rule:
    """A row."""

    element: Element
    conditions: tuple[Cell, ...]
    outcomes: tuple[Cell, ...]


@dataclass(frozen=True)
class DecisionTable:
    """The table of one decision."""

    element: Element
    hit_policy: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]


def read_table(decision: Element) -> DecisionTable | None:
    """The table of a decision, or None when its logic is something else."""
    table = next(iter(_children(decision, "decisionTable")), None)
    if table is None:
        return None
    return DecisionTable(
        element=table,
        hit_policy=(table.get("hitPolicy") or "UNIQUE").upper(),
        inputs=tuple(_input(column) for column in _children(table, "input")),
        outputs=tuple(
            Output(column, column.get("name") or column.get("label") or "") for column in _children(table, "output")
        ),
        rules=tuple(_rule(rule) for rule in _children(table, "rule")),
    )


def condition_of(cell: str, value: str) -> str:
    """The expression that a condition stands for, `value` naming its column's value: a test with `?` or a comparison
    names it, a plain value stays as it is. Raises ExpressionError for a text outside the language."""
    if _PLACEHOLDER.search(cell):
        return _PLACEHOLDER.sub(value, cell)
    try:
        ensure_parses(cell)
    except SyntaxError:
        return f"{value} {cell}"
    return cell


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element if kind(child) == name]


def _input(column: Element) -> Input:
    expression = next((_text(inner) for inner in _children(column, "inputExpression")), "")
    return Input(column, column.get("label") or expression or identity(column), expression)


def _rule(rule: Element) -> Rule:
    return Rule(
        rule,
        tuple(Cell(cell, _text(cell)) for cell in _children(rule, "inputEntry")),
        tuple(Cell(cell, _text(cell)) for cell in _children(rule, "outputEntry")),
    )


def _text(element: Element) -> str:
    return next((text_of(inner) or "" for inner in _children(element, "text")), "")
