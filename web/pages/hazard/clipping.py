"""Cuts texts to the room that a sheet of paper has, and says so where something was cut."""

from __future__ import annotations

import math

from flask_babel import gettext

from web.diagrams.lettering import width_in_ems


def clipped(text: str, *, ems: float, lines: int) -> str:
    """The text in at most so many lines of a width; what does not fit is left out, and the reader is told where it is.

    A line is counted as full a little early, because words do not break everywhere.
    """
    paragraphs = [paragraph.strip() for paragraph in text.splitlines() if paragraph.strip()]
    if sum(_lines(paragraph, ems) for paragraph in paragraphs) <= lines:
        return "\n".join(paragraphs)
    more = gettext("… more on the page")
    kept: list[str] = []
    room = lines * ems - width_in_ems(more) - 1
    for paragraph in paragraphs:
        if room <= 0:
            break
        kept.append(_beginning(paragraph, room))
        room -= _lines(paragraph, ems) * ems
    return "\n".join(kept) + more


def _lines(paragraph: str, ems: float) -> int:
    return math.ceil(width_in_ems(paragraph) / (ems - 1))


def _beginning(paragraph: str, ems: float) -> str:
    width, end = 0.0, 0
    for end, character in enumerate(paragraph, start=1):
        width += width_in_ems(character)
        if width > ems:
            return paragraph[: end - 1]
    return paragraph[:end]
