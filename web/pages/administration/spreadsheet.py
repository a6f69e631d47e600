"""Files for a spreadsheet, written as their rows are read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from flask import Response, stream_with_context

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_spreadsheet(name: str, rows: Iterable[Sequence[str]]) -> Response:
    """The answer that brings rows as a file of this name; the first row holds the headings."""
    return Response(
        stream_with_context(_lines(rows)),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    byte_order_mark = "\ufeff"  # by which spreadsheets know UTF-8
    for row in rows:
        yield byte_order_mark + _line(row)
        byte_order_mark = ""


def _line(cells: Sequence[str]) -> str:
    """One line of the file; a cell that a spreadsheet would take for a formula is made text."""
    line = StringIO()
    csv.writer(line).writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return line.getvalue()
