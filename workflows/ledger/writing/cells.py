"""Writes single cells; whatever a person typed stays text and never becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from workflows.calendar import BEIJING_TIME, CLOSE_OF_DAY
from workflows.labels import LabelledEnum

Written = str | int | float | Decimal | date | datetime
LONGEST_TEXT = 32_767
"""As many characters as Excel holds in one cell."""
ENCODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
"""How text begins that a spreadsheet would compute, or that bears apostrophes of its own before such a beginning."""


def shown(value: Any) -> Written:
    """A value as the ledger shows it: words for codes, a day for a limit at close of work, Beijing time for others.

    Midnight is written out, because a workbook's cell does not tell it from the day alone.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, LabelledEnum):
        return value.label
    if isinstance(value, datetime):
        local = value.astimezone(BEIJING_TIME).replace(tzinfo=None, microsecond=0)
        if local.time() == CLOSE_OF_DAY:
            return local.date()
        return str(local) if local.time() == time.min else local
    return value


def written_cell(sheet: Any, value: Any) -> Any:
    """A cell of a workbook; text is marked as text, and characters that no workbook can hold are left out."""
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    text = ENCODED.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", value))
    cell = WriteOnlyCell(sheet, text[:LONGEST_TEXT])
    if cell.value:
        cell.data_type = "s"
    return cell


def guarded(value: Written) -> str:
    """A cell of a text file: an apostrophe before what Excel would compute; the importer takes it off again."""
    text = str(value)
    return f"'{text}" if isinstance(value, str) and DANGEROUS.match(text) else text


def listed(texts: Iterable[object]) -> str:
    """Several short texts in one cell."""
    return "、".join(str(text) for text in texts)
