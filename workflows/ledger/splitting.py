"""Splits a description that numbers several hazards, "1、… 2、…" or "①…②…", into one for each.

One hazard is one row of the ledger. A text is split only when its numbers run from 1 without a gap and each part can
stand alone; one that looks numbered but is not quite is for a person to decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from workflows.spelling import essence, tidy

FIGURE = r"(\d{1,2})[、.．，)）](?!\d)"
MARKERS = (
    re.compile(rf"(?:(?<=^)|(?<=[\s。；;，,、！!：:]))[(（]?{FIGURE}\s*"),
    re.compile(r"[(（](\d{1,2})[)）]\s*"),
    re.compile(r"([①-⑳])\s*"),
)
SHORTEST_PART = 4
LOOSE_ENDS = " \t\n；;，,、"


@dataclass(frozen=True)
class Split:
    """The hazards of one description; `doubt` says why a text that looks numbered was not split."""

    parts: tuple[str, ...]
    doubt: str = ""


def split(description: str) -> Split:
    """One part for each hazard that the description numbers; the whole description when it is one hazard."""
    for marker in MARKERS:
        marks = list(marker.finditer(description))
        if len(marks) > 1:
            return _by_marks(description, marks)
    return Split((description,))


def _by_marks(description: str, marks: list[re.Match[str]]) -> Split:
    numbers = [int(normalize("NFKC", mark[1])) for mark in marks]
    if numbers != list(range(1, len(marks) + 1)):
        return Split((description,), f"编号为 {'、'.join(map(str, numbers))}，不是从 1 起连续编号")
    ends = [mark.start() for mark in marks[1:]] + [len(description)]
    parts = [tidy(description[mark.end() : end]).strip(LOOSE_ENDS) for mark, end in zip(marks, ends, strict=True)]
    lead = description[: marks[0].start()].strip(LOOSE_ENDS + ":：。")
    if any(len(essence(part)) < SHORTEST_PART for part in parts):
        return Split((description,), "有的编号后面内容太短，不能单独成为一条隐患")
    if len(essence(lead)) > SHORTEST_PART and not lead.endswith(("问题", "隐患", "如下")):
        return Split((description,), f"编号前的“{lead[:20]}”不知属于哪一条")
    return Split(tuple(parts))
