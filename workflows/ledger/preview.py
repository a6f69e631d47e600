"""The preview of an import: the first cells that are wrong, each as the sheet has it, beside the whole report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from openpyxl.utils import get_column_letter

from workflows.ledger.cells.cell import words_in
from workflows.ledger.expectations import expected
from workflows.ledger.headings import column_of
from workflows.ledger.remarks import Gravity, Remark
from workflows.ledger.report_workbook import ReportWorkbook
from workflows.ledger.rows import ReadRow

SHOWN: Final = 200
LONGEST_VALUE: Final = 120


@dataclass(frozen=True)
class WrongCell:
    """A cell that keeps its row out, or of which there is a doubt; `letter` is empty for the row as a whole."""

    row: int
    letter: str
    heading: str
    value: str
    gravity: str
    reason: str
    expected: str


@dataclass
class Preview:
    """Takes the rows of an examination, writes all of them to the report and keeps the first wrong cells to be shown.

    Errors go before doubts: a doubt is kept only while there is room.
    """

    headings: Sequence[str]
    report: ReportWorkbook
    errors: list[WrongCell] = field(default_factory=list[WrongCell])
    doubts: list[WrongCell] = field(default_factory=list[WrongCell])

    def add(self, row: ReadRow) -> None:
        """Take a row on which there is something to say."""
        self.report.add(row)
        for remark in row.remarks:
            kept = {Gravity.ERROR: self.errors, Gravity.WARNING: self.doubts}.get(remark.gravity)
            if kept is not None and len(kept) < SHOWN:
                kept.append(self._cell(row, remark))

    def shown(self) -> list[dict[str, Any]]:
        """The cells to show, as plain values."""
        return [asdict(cell) for cell in [*self.errors, *self.doubts][:SHOWN]]

    def _cell(self, row: ReadRow, remark: Remark) -> WrongCell:
        at = self.headings.index(remark.heading) if remark.heading in self.headings else None
        column = column_of(remark.heading) if remark.heading else None
        value = words_in(row.cells[at]) if at is not None and at < len(row.cells) else ""
        return WrongCell(
            row=row.number,
            letter=get_column_letter(at + 1) if at is not None else "",
            heading=remark.heading,
            value=value[:LONGEST_VALUE],
            gravity=remark.gravity.value,
            reason=remark.message,
            expected=expected(column.attribute) if column is not None and remark.gravity is Gravity.ERROR else "",
        )


def cells_of(shown: Sequence[dict[str, Any]]) -> Iterator[WrongCell]:
    """The kept cells of a job."""
    return (WrongCell(**cell) for cell in shown)
