"""Reads a row of the sheet: the value of each known cell, and what there is to say about those that are wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workflows.ledger.cells.cell import Doubtful, Place, WrongCell, words_in
from workflows.ledger.columns import Column
from workflows.ledger.headings import Layout
from workflows.ledger.reading.content import FileKind
from workflows.ledger.reading.sheet import BLANK, Cell, Cells, Sheet, SheetRow
from workflows.ledger.remarks import Gravity, Remark
from workflows.spelling import folded

SAME_AS_ABOVE = frozenset({"同上", "〃", "″", '"'})
SUMMARY = re.compile(r"(合计|小计|总计|填表人|制表人|填报人|审核人|注[:：]|备注[:：]|说明[:：]).*")
GUARDED = re.compile(r"'+[=+\-@\t\r]")
"""Text that begins with a formula's sign, as our CSV writes it: an apostrophe keeps Excel from computing it."""


@dataclass(frozen=True)
class ReadRow:
    """A row by its number in the file; `values` has the attributes that are not empty, `headings` where each stood."""

    number: int
    cells: Cells
    values: Mapping[str, Any]
    headings: Mapping[str, str]
    remarks: list[Remark] = field(default_factory=list[Remark])
    is_summary: bool = False

    def remark(self, gravity: Gravity, attribute: str, message: str) -> None:
        """Put a remark on the cell of an attribute, or on the whole row when the file has no such column."""
        self.remarks.append(Remark(self.number, self.headings.get(attribute, ""), gravity, message))

    @property
    def is_wrong(self) -> bool:
        """Whether a remark keeps the row out of the ledger."""
        return any(remark.gravity is Gravity.ERROR for remark in self.remarks)

    def is_refused(self, attribute: str) -> bool:
        """Whether an attribute has no value because of what its cell says, which is remarked on."""
        heading = self.headings.get(attribute)
        return heading is not None and any(it.heading == heading and it.gravity is Gravity.ERROR for it in self.remarks)


def read_rows(sheet: Sheet, layout: Layout, place: Place) -> Iterator[ReadRow]:
    """Every row below the head, in order; only the one above is kept in mind, for cells that say 同上."""
    places = {at: replace(place, heading=heading) for at, (_, heading) in layout.columns.items()}
    headings = {column.attribute: heading for column, heading in layout.columns.values()}
    above: Cells = []
    for row in sheet.rows():
        cells = list(_plain(row, above, sheet.kind))
        above = cells
        yield _read(SheetRow(row.number, cells), layout.columns, places, headings)


def _read(
    row: SheetRow,
    columns: Mapping[int, tuple[Column, str]],
    places: Mapping[int, Place],
    headings: Mapping[str, str],
) -> ReadRow:
    values: dict[str, Any] = {}
    read = ReadRow(row.number, row.cells, values, headings, is_summary=_is_summary(row.cells))
    if read.is_summary:
        read.remark(Gravity.NOTE, "", "合计或填表说明，没有导入")
        return read
    for at, cell in enumerate(row.cells):
        if cell == BLANK or at not in columns:
            continue
        column = columns[at][0]
        value = _value(read, column, cell, places[at])
        if value is not None and value != "":
            values[column.attribute] = value
    return read


def _value(read: ReadRow, column: Column, cell: Cell, place: Place) -> Any:
    try:
        value = column.read(cell, place)
    except WrongCell as wrong:
        if column.is_history:
            read.remark(Gravity.WARNING, column.attribute, f"{wrong}；按原文存入“整改情况”")
            return words_in(cell)
        read.remark(Gravity.ERROR, column.attribute, str(wrong))
        return None
    if isinstance(value, Doubtful):
        read.remark(Gravity.WARNING, column.attribute, value.message)
        return value.value
    return value


def _plain(row: SheetRow, above: Cells, kind: FileKind) -> Iterable[Cell]:
    """The cells, with 同上 replaced by what stands above, and the apostrophes of our CSV taken off."""
    for at, cell in enumerate(row.cells):
        if not isinstance(cell, str) or not cell:
            yield cell
        elif kind is FileKind.CSV and GUARDED.match(cell):
            yield cell[1:]
        elif len(cell) < 4 and folded(cell) in SAME_AS_ABOVE and at < len(above):
            yield above[at]
        else:
            yield cell


def _is_summary(cells: Cells) -> bool:
    """Whether the row adds up or is signed, rather than naming a hazard."""
    written = [cell for cell in cells if cell != BLANK]
    first = written[0] if written else BLANK
    return isinstance(first, str) and len(written) < len(cells) / 2 + 1 and SUMMARY.fullmatch(folded(first)) is not None
