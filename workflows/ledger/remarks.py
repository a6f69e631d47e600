"""What an import has to say about a row or one of its cells."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.labels import LabelledEnum


class Gravity(LabelledEnum):
    """An error keeps its row out of the ledger; a warning names a doubt; a note tells what was done with the row."""

    ERROR = "error", "错误"
    WARNING = "warning", "提醒"
    NOTE = "note", "说明"


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence, in Chinese for the official, on a row; `heading` is empty when it is on the row as a whole."""

    row: int
    heading: str
    gravity: Gravity
    message: str
