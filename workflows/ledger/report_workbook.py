"""The report as a workbook: the rows in question with their cells coloured; once corrected, it is a ledger again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from workflows.ledger.reading.sheet import Cell
from workflows.ledger.remarks import Gravity, Remark
from workflows.ledger.rows import ReadRow
from workflows.ledger.writing.cells import written_cell

ROW_NUMBER, PROBLEMS = "原行号", "导入问题"
COLOURS = {Gravity.ERROR: "FFC7CE", Gravity.WARNING: "FFEB9C", Gravity.NOTE: "DDEBF7"}
FILLS = {gravity: PatternFill("solid", start_color=colour) for gravity, colour in COLOURS.items()}
HEAVIEST = tuple(Gravity)
AUTHOR = "Look-Back"


class ReportWorkbook:
    """Takes rows one by one and writes them through, so that a long report costs no memory; `save` ends it."""

    def __init__(self, headings: Sequence[str]) -> None:
        self._headings = headings
        self._workbook = Workbook(write_only=True)
        self._sheet: Any = self._workbook.create_sheet("导入报告")
        self._sheet.freeze_panes = "C2"
        for letter, width in (("A", 8), ("B", 60)):
            self._sheet.column_dimensions[letter].width = width
        self._sheet.append([self._bold(heading) for heading in (ROW_NUMBER, PROBLEMS, *headings)])

    def add(self, row: ReadRow) -> None:
        """Write a row behind its number and what there is to say about it."""
        by_heading: dict[str, list[Remark]] = {}
        for remark in row.remarks:
            by_heading.setdefault(remark.heading, []).append(remark)
        cells = [
            self._cell(row.cells[at] if at < len(row.cells) else "", by_heading.get(heading, ()) if heading else ())
            for at, heading in enumerate(self._headings)
        ]
        self._sheet.append([row.number, self._said(row.remarks), *cells])

    def save(self, path: Path) -> None:
        """Write the file; nothing can be added afterwards."""
        self._workbook.save(path)

    def _cell(self, cell: Cell, remarks: Sequence[Remark]) -> Any:
        written = written_cell(self._sheet, cell)
        if remarks:
            written.fill = FILLS[min((remark.gravity for remark in remarks), key=HEAVIEST.index)]
            written.comment = Comment("\n".join(remark.message for remark in remarks), AUTHOR)
        return written

    def _said(self, remarks: Iterable[Remark]) -> Any:
        lines = [f"{it.gravity.label}：{f'【{it.heading}】' if it.heading else ''}{it.message}" for it in remarks]
        said = written_cell(self._sheet, "\n".join(lines))
        said.alignment = Alignment(wrap_text=True, vertical="top")
        return said

    def _bold(self, heading: str) -> Any:
        cell = WriteOnlyCell(self._sheet, heading)
        cell.font = Font(bold=True)
        return cell
