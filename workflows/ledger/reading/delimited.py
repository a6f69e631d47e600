"""Reads delimited text: CSV in UTF-8 or GB18030, as Excel and other systems save it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from workflows.ledger.errors import UnreadableFile
from workflows.ledger.reading.content import UTF_16_MARKS
from workflows.ledger.reading.limits import MEBIBYTE, Limits
from workflows.ledger.reading.sheet import Cells, Grid, SheetRow

DELIMITERS = (",", "\t", ";")
SAMPLE_CHARACTERS = 20_000


def delimited_grid(path: Path, limits: Limits) -> tuple[Grid, str]:
    """The file's only sheet, and its encoding by name. Raises UnreadableFile for text in no known encoding."""
    encoding = encoding_of(path)
    rows = partial(_rows, path, encoding, limits)
    try:
        last_row = max((row.number for row in rows()), default=0)
    except csv.Error as damaged:
        raise UnreadableFile(f"CSV 格式有误：{damaged}") from damaged
    return Grid(path.stem, rows, last_row), encoding


def encoding_of(path: Path) -> str:
    """`UTF-8`, `GB18030` or `UTF-16`, whichever the whole file is valid in, tried in this order."""
    with path.open("rb") as opened:
        is_wide = opened.read(2) in UTF_16_MARKS
    for encoding in ("UTF-16",) if is_wide else ("UTF-8", "GB18030"):
        if _is_valid(path, encoding):
            return encoding
    raise UnreadableFile("文字编码既不是 UTF-8 也不是 GB18030，请在 Excel 中另存为“CSV UTF-8”或 .xlsx")


def _is_valid(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as opened:
            while opened.read(MEBIBYTE):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _rows(path: Path, encoding: str, limits: Limits) -> Iterator[SheetRow]:
    with path.open(encoding="utf-8-sig" if encoding == "UTF-8" else encoding, newline="") as opened:
        delimiter = _delimiter(opened.read(SAMPLE_CHARACTERS))
        opened.seek(0)
        reader = csv.reader(opened, delimiter=delimiter)
        begins = 1
        for count, read in enumerate(reader, start=1):
            if count > limits.rows or len(read) > limits.columns:
                raise UnreadableFile(f"超过上限 {limits.rows} 行、{limits.columns} 列，请分成几个文件")
            cells: Cells = [*read]
            yield SheetRow(begins, cells)
            begins = reader.line_num + 1


def _delimiter(sample: str) -> str:
    return max(DELIMITERS, key=sample.count)
