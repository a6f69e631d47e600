"""Opens a ledger file of any supported kind and gives its sheet."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from workflows.ledger.errors import UnreadableFile
from workflows.ledger.reading.content import FileKind, kind_of
from workflows.ledger.reading.delimited import delimited_grid
from workflows.ledger.reading.header import Header, Knows, find_header
from workflows.ledger.reading.limits import DEFAULT_LIMITS, Limits
from workflows.ledger.reading.package import examine
from workflows.ledger.reading.sheet import Grid, Sheet
from workflows.ledger.reading.workbook import workbook_grids


def read(path: Path, knows: Knows, limits: Limits = DEFAULT_LIMITS) -> Sheet:
    """The first visible sheet that has a ledger's header. Raises UnreadableFile that says what is wrong with the file.

    Nothing is read before size, content and unpacked size have been found to be within the limits.
    """
    kind = kind_of(path, limits)
    encoding: str | None = None
    if kind is FileKind.CSV:
        grid, encoding = delimited_grid(path, limits)
        header = find_header(grid, knows)
    else:
        if kind is FileKind.XLSX:
            examine(path, limits)
        grid, header = _first_with_header(workbook_grids(path, limits), knows)
    return Sheet(
        path=path,
        kind=kind,
        name=grid.name,
        head=tuple(islice(grid.rows(), header.last + 1)),
        headings=header.headings,
        merges=grid.merges,
        last_row=grid.last_row,
        all_rows=grid.rows,
        encoding=encoding,
        other_sheets=grid.others,
    )


def _first_with_header(grids: Iterable[Grid], knows: Knows) -> tuple[Grid, Header]:
    refusal = UnreadableFile("工作簿中没有可见的工作表")
    for grid in grids:
        try:
            return grid, find_header(grid, knows)
        except UnreadableFile as headless:
            refusal = headless
    raise refusal
