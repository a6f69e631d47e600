"""Reads the sheets of an Excel workbook, with cells that are merged downwards filled in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from workflows.ledger.errors import UnreadableFile
from workflows.ledger.reading.limits import Limits
from workflows.ledger.reading.sheet import BLANK, Cell, Grid, Merge, SheetRow


def workbook_grids(path: Path, limits: Limits) -> Iterator[Grid]:
    """The visible sheets in their order. Raises UnreadableFile for a damaged file or a sheet beyond the limits."""
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            names = [described.name for described in workbook.sheets_metadata if _is_visible(described)]
            for name in names:
                others = tuple(other for other in names if other != name)
                yield _grid(workbook.get_sheet_by_name(name), others, limits)
    except PasswordError as locked:
        raise UnreadableFile("文件设有打开密码，请取消密码后再上传") from locked
    except (CalamineError, OSError, ValueError) as damaged:
        raise UnreadableFile("文件已损坏或不完整，请在 Excel 中打开并另存为 .xlsx") from damaged


def _is_visible(described: SheetMetadata) -> bool:
    return described.typ is SheetTypeEnum.WorkSheet and described.visible is SheetVisibleEnum.Visible


def _grid(sheet: CalamineSheet, others: tuple[str, ...], limits: Limits) -> Grid:
    if sheet.total_height > limits.rows or sheet.total_width > limits.columns:
        raise UnreadableFile(
            f"工作表“{sheet.name}”有 {sheet.total_height} 行、{sheet.total_width} 列，"
            f"超过上限 {limits.rows} 行、{limits.columns} 列；请分成几个文件，或删除多余的行、列"
        )
    merges: tuple[Merge, ...] = tuple(sheet.merged_cell_ranges or ())
    return Grid(sheet.name, partial(_rows, sheet, merges), sheet.total_height, merges, others)


def _rows(sheet: CalamineSheet, merges: tuple[Merge, ...]) -> Iterator[SheetRow]:
    """Every row from the sheet's first. The reader leaves out empty columns on the left; they are put back."""
    left = [BLANK] * (sheet.start[1] if sheet.start else 0)
    starts, covered = _merged_downwards(merges)
    above: dict[int, Cell] = {}
    for index, read in enumerate(sheet.iter_rows()):
        cells: list[Cell] = [*left, *read]
        for column in covered.get(index, ()):
            if column < len(cells) and cells[column] == BLANK:
                cells[column] = above.get(column, BLANK)
        for column in starts.get(index, ()):
            if column < len(cells):
                above[column] = cells[column]
        yield SheetRow(index + 1, cells)


def _merged_downwards(merges: tuple[Merge, ...]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """By row: the columns in which a merge of one column's width begins, and those in which one goes on."""
    starts: dict[int, list[int]] = {}
    covered: dict[int, list[int]] = {}
    for (top, left), (bottom, right) in merges:
        if left == right and bottom > top:
            starts.setdefault(top, []).append(left)
            for row in range(top + 1, bottom + 1):
                covered.setdefault(row, []).append(left)
    return starts, covered
