"""Reads short answers: yes or no, how far a rectification is, and counts."""

from __future__ import annotations

import re
from typing import Final

from workflows.labels import LabelledEnum
from workflows.ledger.cells.cell import Doubtful, Place, WrongCell, plain_words_in, words_in
from workflows.ledger.reading.sheet import Cell
from workflows.spelling import folded

YES: Final = frozenset({"是", "√", "✓", "✔", "y", "yes", "有", "1", "对", "true"})
NO: Final = frozenset({"否", "×", "✕", "✗", "x", "n", "no", "无", "0", "未", "不", "false", "没有"})
LONGEST_CLAIM = 255


class Completion(LabelledEnum):
    """What a ledger claims of a rectification (是否完成)."""

    DONE = "done", "已完成"
    PARTLY = "partly", "部分完成"
    UNDER_WAY = "under_way", "正在整改"
    NOT_BEGUN = "not_begun", "未整改"


OTHER_WORDS: Final = {
    Completion.DONE: (
        *YES,
        "完成",
        "已整改",
        "整改完成",
        "已整改完成",
        "已整改到位",
        "整改到位",
        "已销号",
        "已办结",
        "100%",
    ),
    Completion.PARTLY: ("部分", "部分整改", "部分已完成", "阶段性完成"),
    Completion.UNDER_WAY: ("整改中", "进行中", "在整改", "未完成", "正在推进", "推进中", "否", "×", "n", "no"),
    Completion.NOT_BEGUN: ("未开始", "未启动", "尚未整改"),
}
CLAIMS: Final = {folded(name): each for each in Completion for name in (each.label, each.value, *OTHER_WORDS[each])}


def yes_or_no(cell: Cell, _place: Place) -> bool | None:
    """Whether the cell says yes; None when it is empty or holds a stroke."""
    words = folded(words_in(cell))
    if words in YES or words in NO:
        return words in YES
    if plain_words_in(cell):
        raise WrongCell(f"“{words}”不是“是”或“否”")
    return None


def completion(cell: Cell, _place: Place) -> str | Doubtful:
    """The claimed result by its usual word; other words are kept as they stand, and are doubtful."""
    words = plain_words_in(cell)
    if not words:
        return ""
    if words in CLAIMS:
        return CLAIMS[words].label
    written = words_in(cell)
    if len(written) > LONGEST_CLAIM:
        raise WrongCell(f"最多 {LONGEST_CLAIM} 个字；详情请写入“整改情况”")
    return Doubtful(written, f"“{written}”不是常用的完成情况，按原文导入")


def count(cell: Cell, _place: Place) -> int | None:
    """A number of times."""
    words = plain_words_in(cell)
    found = re.fullmatch(r"(\d{1,6})(?:\.0)?[次项个]?", words)
    if words and found is None:
        raise WrongCell(f"“{words}”不是整数")
    return int(found[1]) if found else None
