"""Reads cells that are kept as they are written."""

from __future__ import annotations

import re

from workflows.ledger.cells.cell import Place, Reader, WrongCell, words_in
from workflows.ledger.reading.sheet import Cell

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""Characters that neither a database nor a workbook holds."""


def text(longest: int | None = None) -> Reader:
    """A reader of text of at most so many characters, which are as many as the record holds."""

    def read(cell: Cell, _place: Place) -> str:
        words = CONTROL.sub("", words_in(cell))
        if longest is not None and len(words) > longest:
            raise WrongCell(f"有 {len(words)} 个字，最多 {longest} 个；请缩短，其余写入“备注”")
        return words

    return read
