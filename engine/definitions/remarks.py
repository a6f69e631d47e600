"""A remark: what is wrong and what to do about it, in one sentence, under the stable name of its rule."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from engine.sentences import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.definitions.fixes import Fix


class Remark(Sentence):
    """The sentence of a problem, with its rule (`no-default-flow`) and, where there is one, what mends it."""

    rule: str
    fix: Fix | None

    @classmethod
    def of(cls, rule: str, said: Sentence, fix: Fix | None = None) -> Remark:
        """A sentence as the remark of a rule."""
        made = cls(said.template, said.facts)
        made.rule, made.fix = rule, fix
        return made

    def at(self, place: Sentence) -> Remark:
        """The same remark, said of one place within the element: a parameter, a condition, a cell."""
        return Remark.of(self.rule, sentence("%(place)s: %(said)s", place=place, said=self), self.fix)


def remark(rule: str, template: str, /, fix: Fix | None = None, **facts: object) -> Remark:
    """A remark of a rule; the template is a literal with `%(name)s` for each fact, so that the catalogs find it."""
    return Remark.of(rule, Sentence(template, facts), fix)


def closest(name: str, known: Iterable[str]) -> str | None:
    """The name that was probably meant: spelled nearly so, or the only one there is."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    return near[0] if near else names[0] if len(names) == 1 else None
