"""Compares decision tables by columns, rules and cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from engine.comparing.changes import Change, PropertyChange
from engine.comparing.grids import ColumnRole, Grid, GridColumn, GridRow, grid_of
from engine.comparing.matching import Places, moved, pair
from engine.comparing.properties import as_it_stands, changes_between, properties_of
from engine.definitions.diagrams import identity, kind
from engine.definitions.xml import Element


@dataclass(frozen=True)
class Column:
    """A column of either table. `name` is its heading now, or what it was."""

    role: ColumnRole
    name: str
    change: Change
    properties: tuple[PropertyChange, ...] = ()


@dataclass(frozen=True)
class CellPair:
    """A cell before and after; None where the rule or the column is not there."""

    before: str | None
    after: str | None

    @property
    def is_changed(self) -> bool:
        """Whether both are there and differ."""
        return self.before is not None and self.after is not None and self.before != self.after


@dataclass(frozen=True)
class RowChange:
    """A rule of either table, with its number (from 1) before and after and a cell for each column."""

    id: str
    change: Change
    number_before: int | None
    number_after: int | None
    cells: tuple[CellPair, ...]


@dataclass(frozen=True)
class TableChange:
    """A decision of either file: all its columns and all its rules, those that are the same too."""

    id: str
    name: str
    change: Change
    hit_policy: CellPair
    columns: tuple[Column, ...] = ()
    rows: tuple[RowChange, ...] = ()
    properties: tuple[PropertyChange, ...] = ()

    @property
    def counts(self) -> Mapping[Change, int]:
        """How many columns and rules became what; what the table itself says differently counts as one."""
        told = [*(column.change for column in self.columns), *(row.change for row in self.rows)]
        own = [Change.CHANGED] if self.properties and self.change is Change.CHANGED else []
        return Counter(change for change in (*told, *own) if change is not Change.SAME)


def compare_decisions(before: Element | None, after: Element | None) -> tuple[TableChange, ...]:
    """The decisions that differ, in the order of the later file; None for no file."""
    old, new = _decisions(before), _decisions(after)
    tables = (_compare(name, old.get(name), new.get(name)) for name in dict.fromkeys((*new, *old)))
    return tuple(table for table in tables if table.change is not Change.SAME)


def decision_title(root: Element) -> str:
    """What a file of decisions calls itself: its first decision's name."""
    return next((each.get("name") or identity(each) for each in root if kind(each) == "decision"), "")


def _decisions(root: Element | None) -> dict[str, Element]:
    found = [] if root is None else [child for child in root if kind(child) == "decision"]
    return {identity(each): each for each in found}


def _compare(name: str, old: Element | None, new: Element | None) -> TableChange:
    before, after = grid_of(old), grid_of(new)
    columns_at = pair(before.columns, after.columns, lambda it: (it.role, it.id), lambda it: (it.role, it.subject))
    columns = _columns(before, after, columns_at)
    rows = _rows(before, after, columns_at)
    properties = tuple(changes_between(_own(old), _own(new), as_it_stands, as_it_stands))
    differs = bool(properties) or any(each.change is not Change.SAME for each in (*columns, *rows))
    return TableChange(
        id=name,
        name=_name(new) or _name(old),
        change=_presence(old, new) or (Change.CHANGED if differs else Change.SAME),
        hit_policy=CellPair(before.hit_policy, after.hit_policy),
        columns=columns,
        rows=rows,
        properties=properties,
    )


def _own(decision: Element | None) -> dict[str, str]:
    """What a decision says beside its columns and rules."""
    return {} if decision is None else properties_of(decision, lambda it: kind(it) in {"input", "output", "rule"})


def _name(decision: Element | None) -> str:
    return (decision.get("name") or "") if decision is not None else ""


def _presence(old: object | None, new: object | None) -> Change | None:
    """ADDED or REMOVED for what one side lacks, None for what both have."""
    if old is None:
        return Change.ADDED
    return Change.REMOVED if new is None else None


def _columns(before: Grid, after: Grid, at: Places) -> tuple[Column, ...]:
    elsewhere = moved(at)
    return tuple(
        _column(
            before.columns[old] if old is not None else None,
            after.columns[new] if new is not None else None,
            is_elsewhere=new in elsewhere,
        )
        for old, new in at
    )


def _column(old: GridColumn | None, new: GridColumn | None, *, is_elsewhere: bool) -> Column:
    known = new or old
    assert known is not None, "a pair has at least one side"
    said_before, said_after = (side.properties if side else {} for side in (old, new))
    properties = tuple(changes_between(said_before, said_after, as_it_stands, as_it_stands))
    change = _presence(old, new) or _degree(is_changed=bool(properties), is_elsewhere=is_elsewhere)
    return Column(known.role, known.heading, change, properties)


def _rows(before: Grid, after: Grid, columns_at: Places) -> tuple[RowChange, ...]:
    rows_at = pair(before.rows, after.rows, lambda it: it.id, lambda it: it.conditions)
    elsewhere = moved(rows_at)
    rows: list[RowChange] = []
    for old, new in rows_at:
        was = before.rows[old] if old is not None else None
        is_now = after.rows[new] if new is not None else None
        cells = tuple(CellPair(_cell(was, left), _cell(is_now, right)) for left, right in columns_at)
        degree = _degree(is_changed=any(cell.is_changed for cell in cells), is_elsewhere=new in elsewhere)
        rows.append(
            RowChange(
                id=(is_now or was or GridRow("", (), ())).id,
                change=_presence(was, is_now) or degree,
                number_before=None if old is None else old + 1,
                number_after=None if new is None else new + 1,
                cells=cells,
            )
        )
    return tuple(rows)


def _cell(row: GridRow | None, column: int | None) -> str | None:
    if row is None or column is None:
        return None
    return row.cells[column] if column < len(row.cells) else ""


def _degree(*, is_changed: bool, is_elsewhere: bool) -> Change:
    if is_changed:
        return Change.CHANGED
    return Change.MOVED if is_elsewhere else Change.SAME
