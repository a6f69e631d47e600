"""Conditions of a form: a small part of FEEL, enough to hide a question or to require it, and safe on every server.

`=decision = "return"`, `=kind != "none" and amount = 0`, `=a = 1 or b = true`. `and` binds closer than `or`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from engine.sentences import Sentence, sentence

LENGTH: Final = 500

_COMPARISON: Final = re.compile(
    r"\s*(?P<key>[A-Za-z][A-Za-z0-9_]*)\s*(?P<sign>!=|=)\s*"
    r"(?:\"(?P<text>[^\"\\]*)\"|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>true|false|null))\s*"
)
_WORDS: Final[Mapping[str, Any]] = {"true": True, "false": False, "null": None}
_EMPTY: Final = (None, "", [])


class UnreadableCondition(ValueError):
    """The condition is not written in the part of FEEL that forms may use."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Comparison:
    """Whether an answer is, or is not, one value; an answer left empty is null."""

    key: str
    is_equal: bool
    value: Any

    def holds(self, answers: Mapping[str, Any]) -> bool:
        answer = answers.get(self.key)
        if answer in _EMPTY:
            answer = None
        same = answer == self.value and isinstance(answer, bool) == isinstance(self.value, bool)
        return same is self.is_equal


@dataclass(frozen=True)
class Condition:
    """Holds when all comparisons of one of its alternatives do."""

    alternatives: tuple[tuple[Comparison, ...], ...]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether it holds for what was answered, by key."""
        return any(all(each.holds(answers) for each in all_of) for all_of in self.alternatives)

    @property
    def keys(self) -> Iterator[str]:
        """The questions that it looks at."""
        return (each.key for all_of in self.alternatives for each in all_of)

    def as_lists(self) -> list[list[list[Any]]]:
        """The alternatives as plain lists of key, whether equal, and value, for pages that apply them at once."""
        return [[[each.key, each.is_equal, each.value] for each in all_of] for all_of in self.alternatives]


@lru_cache(maxsize=512)
def read_condition(text: str) -> Condition:
    """The condition that a text means. Raises UnreadableCondition."""
    if len(text) > LENGTH:
        raise UnreadableCondition(sentence("it is longer than %(most)s characters", most=LENGTH))
    alternatives: list[list[Comparison]] = [[]]
    rest = text.strip().removeprefix("=")
    while True:
        found = _COMPARISON.match(rest)
        if found is None:
            said = sentence("it is not understood at '%(text)s'; an example is =decision = \"return\"", text=rest[:40])
            raise UnreadableCondition(said)
        alternatives[-1].append(_comparison(found))
        rest = rest[found.end() :]
        if not rest:
            return Condition(tuple(tuple(all_of) for all_of in alternatives))
        joined = re.match(r"(and|or)\b", rest)
        if joined is None:
            said = sentence("it is not understood at '%(text)s'; join comparisons by and, or", text=rest[:40])
            raise UnreadableCondition(said)
        if joined[1] == "or":
            alternatives.append([])
        rest = rest[joined.end() :]


def _comparison(found: re.Match[str]) -> Comparison:
    if found["text"] is not None:
        value: Any = found["text"]
    elif found["number"] is not None:
        value = float(found["number"]) if "." in found["number"] else int(found["number"])
    else:
        value = _WORDS[found["word"]]
    return Comparison(found["key"], found["sign"] == "=", value)
