"""Finds a sheet's header below its titles and makes it flat, when it is one row or a few with groups over columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from workflows.ledger.errors import UnreadableFile
from workflows.ledger.reading.sheet import BLANK, Cell, Grid, Merge, SheetRow

SEARCHED_ROWS = 30
DEEPEST = 3
FEWEST_KNOWN = 3
SEPARATOR = "/"

Knows = Callable[[str], bool]
"""Says whether a heading is one of the ledger's."""


@dataclass(frozen=True)
class Header:
    """`first` and `last` are positions in the sheet's rows, from 0; `headings` stand column by column."""

    first: int
    last: int
    headings: tuple[str, ...]


def find_header(grid: Grid, knows: Knows) -> Header:
    """The rows with the most known headings, as few rows as will do. Raises UnreadableFile when there are none."""
    rows = list(islice(grid.rows(), SEARCHED_ROWS))
    candidates = [
        Header(first, last, flat_headings(rows[first : last + 1]))
        for first in range(len(rows))
        for last in range(first + _depth_of_merges(grid.merges, first) - 1, min(first + DEEPEST, len(rows)))
    ]
    best = max(candidates, key=lambda it: (_known(it, knows), it.first - it.last, -it.first), default=None)
    if best is None or _known(best, knows) < FEWEST_KNOWN:
        raise UnreadableFile(
            f"工作表“{grid.name}”前 {SEARCHED_ROWS} 行中没有找到表头；请保留“隐患描述”“整改责任单位”“整改时限”等列名"
        )
    return best


def flat_headings(rows: Sequence[SheetRow]) -> tuple[str, ...]:
    """One heading for each column: the group's and the column's own, joined, and each only once."""
    width = max((len(row.cells) for row in rows), default=0)
    lines = [[_text(row.cells, column) for column in range(width)] for row in rows]
    for upper, lower in pairwise(lines):
        _spread_groups(upper, lower)
    return tuple(SEPARATOR.join(dict.fromkeys(filter(None, parts))) for parts in zip(*lines, strict=True))


def _spread_groups(upper: list[str], lower: list[str]) -> None:
    """A group's name stands over its first column only; write it over the others that have a heading below."""
    for column in range(1, len(upper)):
        if not upper[column] and lower[column]:
            upper[column] = upper[column - 1]


def _depth_of_merges(merges: Sequence[Merge], first: int) -> int:
    depths = [bottom - top + 1 for (top, _left), (bottom, _right) in merges if top == first]
    return min(max(depths, default=1), DEEPEST)


def _known(header: Header, knows: Knows) -> int:
    return sum(knows(heading) for heading in set(header.headings) if heading)


def _text(cells: Sequence[Cell], column: int) -> str:
    cell = cells[column] if column < len(cells) else BLANK
    return "".join(cell.split()) if isinstance(cell, str) else ""
