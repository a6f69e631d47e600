"""Texts as a search sees them: folded, and cut into overlapping pairs of characters.

Neither database's own index finds two characters of Chinese, which is what people mostly type: SQLite's trigram
tokenizer and PostgreSQL's pg_trgm both want three. So the pairs are made here, and the databases index them as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from unicodedata import normalize

QUOTED_OR_WORD = re.compile(r'"([^"]*)"?|([^\s"]+)')
TYPED_QUOTES = str.maketrans("“”「」『』", '""""""')


def fold(text: str) -> str:
    """The text with everything that people do not tell apart made the same: widths, letter case, spaces."""
    return " ".join(normalize("NFKC", text).casefold().split())


def grams_of(text: str) -> list[str]:
    """The pairs of neighbouring letters or digits in a folded text, each once, in order; none across other signs."""
    return list(dict.fromkeys(_pairs(text)))


def phrases_of(asked: str) -> list[str]:
    """What a search asks for, folded: its words, and what stands in quotation marks as it stands; all must be found."""
    found = QUOTED_OR_WORD.findall(asked.translate(TYPED_QUOTES))
    phrases = (fold(quoted or word) for quoted, word in found)
    return list(dict.fromkeys(phrase for phrase in phrases if phrase))


def _pairs(text: str) -> Iterator[str]:
    for is_word, run in groupby(text, key=str.isalnum):
        if is_word:
            yield from map("".join, pairwise(run))
