"""A decision table as columns and rows of plain texts, for comparing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.comparing.properties import properties_of
from engine.definitions.diagrams import identity, kind, text_of
from engine.definitions.tables import DecisionTable, Input, Output, Rule, read_table
from engine.definitions.xml import Element


class ColumnRole(StrEnum):
    """What a column of a decision table is for."""

    INPUT = "input"
    OUTPUT = "output"
    ANNOTATION = "annotation"


@dataclass(frozen=True)
class GridColumn:
    """A column: what it is for, its id, what it tests or gives, its heading, and everything else it says."""

    role: ColumnRole
    id: str
    subject: str
    heading: str
    properties: Mapping[str, str]


@dataclass(frozen=True)
class GridRow:
    """A rule: a text for each column, in the columns' order; the last is its annotation."""

    id: str
    cells: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table as it is drawn; without columns where there is none."""

    hit_policy: str | None = None
    columns: tuple[GridColumn, ...] = ()
    rows: tuple[GridRow, ...] = ()


def grid_of(decision: Element | None) -> Grid:
    """The table of a decision; an empty grid when there is no decision, or its logic is something else."""
    table = read_table(decision) if decision is not None else None
    if table is None:
        return Grid()
    return Grid(table.hit_policy, _columns(table), tuple(map(_row, table.rules)))


def _columns(table: DecisionTable) -> tuple[GridColumn, ...]:
    annotation = GridColumn(ColumnRole.ANNOTATION, "annotation", "", "", {})
    return (*map(_input, table.inputs), *map(_output, table.outputs), annotation)


def _input(column: Input) -> GridColumn:
    return GridColumn(
        ColumnRole.INPUT, identity(column.element), column.expression, column.label, _said(column.element)
    )


def _output(column: Output) -> GridColumn:
    heading = column.element.get("label") or column.name
    return GridColumn(ColumnRole.OUTPUT, identity(column.element), column.name, heading, _said(column.element))


def _said(element: Element) -> dict[str, str]:
    return properties_of(element, lambda _: False)


def _row(rule: Rule) -> GridRow:
    conditions = tuple(cell.text for cell in rule.conditions)
    note = next((text_of(child) or "" for child in rule.element if kind(child) == "description"), "")
    return GridRow(identity(rule.element), (*conditions, *(cell.text for cell in rule.outcomes), note), conditions)
