"""The bulletin's figures as an Excel workbook, in which every number is a number and every rate a percentage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, Final

from flask_babel import gettext
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from web.pages.statistics.board import Board
from web.pages.statistics.bulletin import Bulletin
from web.words import in_words
from workflows.statistics.figures import Figures, Rate

PERCENT: Final = "0.0%"
WIDE, NARROW = 26, 13


def workbook_of(bulletin: Bulletin) -> bytes:
    """The file's content."""
    book = Workbook()
    book.remove(book.worksheets[0])
    board = bulletin.board
    regions = [(line.region.name, line.figures) for line in board.standing]
    sectors = [(in_words(sector), figures) for sector, figures in bulletin.sectors]
    _sheet(book, gettext("Regions"), [gettext("Region"), *_headings()], _lines(regions, board.total))
    _sheet(book, gettext("Sectors"), [gettext("Sector"), *_headings()], _lines(sectors, board.total))
    _sheet(book, gettext("Regions and sectors"), [gettext("Region"), gettext("Sector"), *_headings()], _crossed(board))
    _sheet(book, gettext("Days"), _day_headings(), _days(board))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _headings() -> list[str]:
    return [
        gettext("Found"), gettext("Rectified"), gettext("Rectification rate"), gettext("Due"),
        gettext("Rectified in time"), gettext("On-time rate"), gettext("Closed"), gettext("Closed rate"),
        gettext("Overdue"), gettext("Sent back"), gettext("Major hazards"), gettext("Major hazards closed"),
        gettext("Listed"),
    ]  # fmt: skip


def _cells(it: Figures) -> list[Any]:
    return [
        it.found, it.rectified, it.rectification_rate, it.due, it.in_time, it.on_time_rate, it.closed, it.closed_rate,
        it.overdue, it.returned, it.major_found, it.major_closed, it.listed,
    ]  # fmt: skip


def _lines(lines: Iterable[tuple[str, Figures]], total: Figures) -> list[list[Any]]:
    return [*([name, *_cells(figures)] for name, figures in lines), [gettext("All together"), *_cells(total)]]


def _crossed(board: Board) -> list[list[Any]]:
    return [
        [region.name, in_words(sector), *_cells(figures)]
        for region in board.below
        for sector in board.reading.sectors
        if (figures := board.figures(region, sector)).found
    ]


def _day_headings() -> list[str]:
    return [gettext("Day"), gettext("Found"), gettext("Closed"), gettext("Remaining")]


def _days(board: Board) -> list[list[Any]]:
    return [[it.day, it.found, it.closed, it.remaining] for it in board.burn_down]


def _sheet(book: Workbook, title: str, headings: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(title)
    sheet.append(list(headings))
    for line in lines:
        sheet.append([cell.share if isinstance(cell, Rate) else cell for cell in line])
        for place, cell in enumerate(line, start=1):
            if isinstance(cell, Rate):
                sheet.cell(sheet.max_row, place).number_format = PERCENT
    for place in range(1, len(headings) + 1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = WIDE if place == 1 else NARROW
    sheet.freeze_panes = "B2"
