"""What is said to people: English sentences that remember their facts, to be said in another language too."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Self


class Sentence(str):
    """The text is the English sentence; `template` and `facts` are what it was made of.

    A fact is a word, a number, a day, a moment, a member of an enum, another sentence, or a list of these.
    """

    template: str
    facts: Mapping[str, object]

    def __new__(cls, template: str, facts: Mapping[str, object]) -> Self:
        said = super().__new__(cls, template % {name: _in_english(fact) for name, fact in facts.items()})
        said.template = template
        said.facts = MappingProxyType(dict(facts))
        return said


def sentence(template: str, /, **facts: object) -> Sentence:
    """A sentence with `%(name)s` for each fact; the template is a literal, so that the catalogs find it."""
    return Sentence(template, facts)


def _in_english(fact: object) -> object:
    return ", ".join(map(str, fact)) if isinstance(fact, (list, tuple)) else fact
