"""Breaks labels into lines; Chinese may break anywhere, other scripts between words."""

from __future__ import annotations

import re
import unicodedata

NARROW = 0.56
PIECE = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+")
CLOSING = "，。；：、！？）》」』】〕%"


def width_in_ems(text: str) -> float:
    """How wide a text runs, in multiples of its font size: Chinese full, the rest a little over half."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else NARROW for character in text)


def lines(text: str, ems: float, *, at_most: int = 4) -> list[str]:
    """The text in lines no wider than `ems`; what does not fit in `at_most` lines ends in an ellipsis."""
    broken: list[str] = [""]
    for piece in PIECE.findall(text.strip()):
        if broken[-1] and width_in_ems(broken[-1] + piece) > ems and piece not in CLOSING:
            broken.append("")
        broken[-1] += piece if broken[-1] else piece.lstrip()
    broken = [line.strip() for line in broken if line.strip()]
    if len(broken) <= at_most:
        return _balanced(broken)
    return [*broken[: at_most - 1], broken[at_most - 1][:-1] + "…"]


def _balanced(broken: list[str]) -> list[str]:
    """Two lines of Chinese read better when neither is a single left-over character."""
    if len(broken) == 2 and len(broken[1]) == 1 and not any(line.isascii() for line in broken):
        whole = "".join(broken)
        half = (len(whole) + 1) // 2
        return [whole[:half], whole[half:]]
    return broken
