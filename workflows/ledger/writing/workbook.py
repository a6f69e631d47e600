"""Writes the ledger as a workbook, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from workflows.ledger.columns import EXPORTED, Column
from workflows.ledger.writing.cells import shown, written_cell

SHEET = "隐患台账"
HEAD_FILL = PatternFill("solid", start_color="DDEBF7")
WIDTHS = {"position": 6, "number": 24, "description": 50, "requirements": 30, "measures": 30, "progress": 40}
USUAL_WIDTH = 14


def write_workbook(path: Path, rows: Iterable[Mapping[str, Any]], columns: Sequence[Column] = EXPORTED) -> int:
    """Write the rows under the columns' headings and return how many there were; memory does not grow with them."""
    workbook = Workbook(write_only=True)
    sheet: Any = workbook.create_sheet(SHEET)
    sheet.freeze_panes = "C2"
    for at, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS.get(column.attribute, USUAL_WIDTH)
    sheet.append([_heading(sheet, column.heading) for column in columns])
    count = 0
    for count, row in enumerate(rows, start=1):
        values = {**row, "position": count}
        sheet.append([_cell(sheet, values.get(column.attribute)) for column in columns])
    workbook.save(path)
    return count


def _heading(sheet: Any, heading: str) -> Any:
    cell = WriteOnlyCell(sheet, heading)
    cell.font, cell.fill = Font(bold=True), HEAD_FILL
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    written = shown(value)
    if written == "":
        return None
    return written_cell(sheet, written) if isinstance(written, str) else written
