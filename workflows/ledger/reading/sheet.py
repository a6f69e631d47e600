"""A sheet as it was read: its head, its headings made flat, and its rows under their original numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from workflows.ledger.reading.content import FileKind

Cell = str | int | float | bool | date | datetime | time | timedelta
Cells = list[Cell]
Merge = tuple[tuple[int, int], tuple[int, int]]
BLANK = ""
"""What an empty cell is read as."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row; `number` counts from 1 as Excel shows it, or is the line on which a CSV record begins."""

    number: int
    cells: Cells


@dataclass(frozen=True)
class Grid:
    """All rows of one sheet, before anything is known of their meaning; `rows` may be asked for again and again.

    Merges are ((first row, first column), (last row, last column)), counted from 0. `others` names the other sheets.
    """

    name: str
    rows: Callable[[], Iterator[SheetRow]]
    last_row: int
    merges: tuple[Merge, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A ledger's sheet. A heading under a merged cell names both, as in `整改责任人/姓名`.

    `encoding` is that of a CSV file; `other_sheets` are those that were left unread.
    """

    path: Path
    kind: FileKind
    name: str
    head: tuple[SheetRow, ...]
    headings: tuple[str, ...]
    merges: tuple[Merge, ...]
    last_row: int
    all_rows: Callable[[], Iterator[SheetRow]]
    encoding: str | None = None
    other_sheets: tuple[str, ...] = ()

    def rows(self) -> Iterator[SheetRow]:
        """The rows below the head that are not blank; may be called again and again."""
        below = self.head[-1].number
        return (row for row in self.all_rows() if row.number > below and any(cell != BLANK for cell in row.cells))
