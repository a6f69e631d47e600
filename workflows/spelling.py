"""Brings together the many ways in which people write the same word: full-width, spaced, in capitals."""

from __future__ import annotations

import re
from unicodedata import normalize

_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_LINE_BREAK = re.compile(r"\r\n?")


def tidy(text: str) -> str:
    """The text as it is kept: outer white space gone, line breaks of one kind, every other character untouched."""
    return _LINE_BREAK.sub("\n", text).strip()


def folded(text: str) -> str:
    """The text for comparing words and headers: half-width, without white space, in lower case."""
    return _SPACE.sub("", normalize("NFKC", text)).casefold()


def essence(text: str) -> str:
    """The letters and figures alone: equal for two descriptions that differ only in punctuation and spacing."""
    return _NOT_WORD.sub("", normalize("NFKC", text)).casefold()
