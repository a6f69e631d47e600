"""Reads the territory: a name of any level, alone or after its superiors', or a code."""

from __future__ import annotations

from functools import cache

from workflows.geography.divisions import HENAN, divisions
from workflows.geography.names import code_by_name
from workflows.ledger.cells.cell import Place, WrongCell, plain_words_in, words_in
from workflows.ledger.reading.sheet import Cell


def region(cell: Cell, _place: Place) -> str | None:
    """The code of the region that is meant. Raises WrongCell when none or several go by the name."""
    if not plain_words_in(cell):
        return None
    return code_of(words_in(cell))


@cache
def code_of(written: str) -> str:
    """The code of a region as it is written, with or without strokes between superior and inferior."""
    code = code_by_name(written) or code_by_name("".join(mark for mark in written if mark not in "/、，,-—>"))
    if code is None:
        raise WrongCell(f"找不到属地“{written}”，或有重名；请写全称，如 郑州市金水区")
    return code


@cache
def name_of(code: str) -> str:
    """The name that is read as this code again: with its superiors below the province, else the code itself."""
    full, at = "", code
    while at != HENAN or not full:
        division = divisions()[at]
        full = division.name + full
        if division.parent_code is None:
            break
        at = division.parent_code
    return full if code_by_name(full) == code else code
