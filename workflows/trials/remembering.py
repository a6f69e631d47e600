"""Writes a sentence with its facts as JSON values and reads it again, so that it can be said in any language later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from workflows.escalation.steps import EscalationStep
from workflows.hazards.words import Stage
from workflows.organisations.roles import Role
from workflows.sentences import Sentence

ENUMS: Final[Mapping[str, type[StrEnum]]] = {kind.__name__: kind for kind in (EscalationStep, Role, Stage)}


def sentence_as_data(said: Sentence) -> list[Any]:
    """A sentence as its template and its facts."""
    return [said.template, {name: _written(fact) for name, fact in said.facts.items()}]


def sentence_from_data(data: list[Any]) -> Sentence:
    """A sentence as it was written."""
    template, facts = data
    return Sentence(template, {name: _read(fact) for name, fact in facts.items()})


def _written(fact: object) -> Any:
    match fact:
        case Sentence():
            return {"said": sentence_as_data(fact)}
        case StrEnum() if type(fact).__name__ in ENUMS:
            return {"word": [type(fact).__name__, fact.value]}
        case datetime():
            return {"moment": fact.isoformat()}
        case date():
            return {"day": fact.isoformat()}
        case list() | tuple():
            return [_written(each) for each in fact]
        case str() | int() | float():
            return fact
        case _:
            return str(fact)


def _read(data: Any) -> object:
    match data:
        case {"said": written}:
            return sentence_from_data(written)
        case {"word": [kind, value]}:
            return ENUMS[kind](value)
        case {"moment": written}:
            return datetime.fromisoformat(written)
        case {"day": written}:
            return date.fromisoformat(written)
        case list():
            return [_read(each) for each in data]
        case _:
            return data
