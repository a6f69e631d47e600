"""Expressions of other engines: FEEL, which begins with `=`, and JUEL, which stands in `${…}`.

Only what is trivially the same is taken as it is: a literal or a plain variable. For more there is a suggestion, which
a designer looks at.
"""

from __future__ import annotations

import re
from typing import Final

from engine.errors import ExpressionError
from engine.expressions import parse

_JUEL: Final = re.compile(r"[$#]\{(?P<inner>[^{}]*)\}")
_WORDS: Final = {"true": "True", "false": "False", "null": "None"}
_TEXT: Final = re.compile(r"(\"[^\"]*\"|'[^']*')")
_SIGNS: Final = (
    (re.compile(r"&&"), " and "),
    (re.compile(r"\|\|"), " or "),
    (re.compile(r"!(?!=)"), " not "),
    (re.compile(r"(?<![=!<>])=(?!=)"), " == "),
    (re.compile(r"\b(true|false|null)\b"), lambda found: _WORDS[found[1]]),
)


def feel_or_juel(text: str) -> bool:
    """Whether a text is an expression of one of these languages, rather than a literal."""
    return text.lstrip().startswith("=") or "${" in text or "#{" in text


def variable_in(text: str) -> str | None:
    """The variable, number or text in quotes that such an expression is; None when it is more than that."""
    inner = _inner(text)
    if inner in _WORDS:
        return _WORDS[inner]
    is_plain = re.fullmatch(r"[A-Za-z]\w*|\d{1,15}(\.\d{1,15})?|\"[^\"\\]*\"|'[^'\\]*'", inner, re.ASCII)
    return inner if is_plain and _parses(inner) else None


def translated(text: str | None) -> str | None:
    """A condition in our language where it is trivially the same; any other text as it stands."""
    return (variable_in(text) or text) if text is not None and feel_or_juel(text) else text


def suggestion(text: str) -> str | None:
    """What an expression of these languages probably says in ours; None when that cannot be told."""
    inner = _inner(text)
    parts = _TEXT.split(inner)
    for place in range(0, len(parts), 2):
        for sign, ours in _SIGNS:
            parts[place] = sign.sub(ours, parts[place])
    suggested = re.sub(r" +", " ", "".join(parts)).strip()
    return suggested if suggested and _parses(suggested) else None


def _inner(text: str) -> str:
    text = text.strip()
    if text.startswith("="):
        return text[1:].strip()
    whole = _JUEL.fullmatch(text)
    return whole["inner"].strip() if whole else text


def _parses(text: str) -> bool:
    try:
        parse(text)
    except ExpressionError:
        return False
    return True
