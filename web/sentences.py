"""What the domain says, in the language of the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from flask_babel import gettext

from engine.definitions.forms import FieldError
from web.forms.refusals import refusal_in_words
from web.language import current_language
from web.settings import Language
from web.times import full_day, full_moment
from web.words import WORDS, in_words
from workflows.labels import LabelledEnum
from workflows.sentences import Sentence


def spoken(said: str) -> str:
    """A sentence of the domain in the language of the request; any other text as it stands."""
    if not isinstance(said, Sentence):
        return said
    return gettext(said.template) % {name: _spoken(fact) for name, fact in said.facts.items()}


def spoken_by_field(errors: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with each field, in the language of the request."""
    return {field: spoken(said) for field, said in errors.items()}


def _spoken(fact: object) -> object:
    match fact:
        case StrEnum():
            return _word(fact)
        case FieldError():
            return refusal_in_words(fact)
        case str():
            return spoken(fact)
        case datetime():
            return full_moment(fact)
        case date():
            return full_day(fact)
        case Sequence():
            return gettext(", ").join(str(_spoken(each)) for each in fact)
        case _:
            return fact


def _word(member: StrEnum) -> str:
    """The member's word on pages; for one that no page shows otherwise, its label or its value."""
    if type(member) in WORDS:
        return in_words(member)
    if isinstance(member, LabelledEnum) and current_language() is Language.CHINESE:
        return member.label
    return member.value.replace("_", " ")
