"""What every reader of a cell works with: where the cell stands, its text, and how a reader says that it is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workflows.calendar import WorkingCalendar
from workflows.ledger.reading.sheet import Cell
from workflows.spelling import folded, tidy

NOTHING = frozenset({"", "/", "\\", "-", "--", "—", "——", "无", "暂无", "无。", "n/a"})


class WrongCell(Exception):
    """The cell cannot be read; the message says, in Chinese for the official, why and how to write it."""


@dataclass(frozen=True)
class Doubtful:
    """A value that was read with a doubt, which the report names."""

    value: Any
    message: str


@dataclass(frozen=True)
class Place:
    """Where a cell stands: under which heading, in the ledger of a campaign from `first_day` to `last_day`."""

    heading: str
    first_day: date
    last_day: date
    calendar: WorkingCalendar


Reader = Callable[[Cell, Place], Any]
"""Gives a cell's value, None when it says that there is none, or Doubtful. Raises WrongCell."""


def words_in(cell: Cell) -> str:
    """The cell as a person sees it; a number that is whole is written without its point."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return str(cell)


def plain_words_in(cell: Cell) -> str:
    """The cell's text for reading a value out of it: half-width, without white space; empty for a stroke or 无."""
    words = folded(words_in(cell))
    return "" if words in NOTHING else words
