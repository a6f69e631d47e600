"""Why an act was not accepted: the status of the answer, errors by field, and a message about the whole."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext

from engine.errors import ConcurrentChange
from web.sentences import spoken, spoken_by_field
from workflows.errors import InvalidRecord, Refused, WrongStage

REFUSALS = (ConcurrentChange, InvalidRecord, Refused)
"""What a page of the desk shows beside its form; everything else is answered as everywhere."""


@dataclass(frozen=True)
class Refusal:
    """What stands on the page above and beside the fields."""

    status: int = 200
    message: str = ""
    errors: Mapping[str, str] = dataclasses.field(default_factory=dict)


NONE = Refusal()


def refusal_of(error: Exception) -> Refusal:
    """How a refusal is shown: a conflict is 409, wrong entries and broken rules are 422."""
    if isinstance(error, ConcurrentChange):
        return Refusal(
            409, gettext("Somebody else changed this meanwhile. You see the present state; nothing of yours was saved.")
        )
    if isinstance(error, WrongStage):
        return Refusal(409, spoken(error.said))
    if isinstance(error, InvalidRecord):
        return Refusal(422, errors=spoken_by_field(error.errors))
    return Refusal(422, spoken(error.said) if isinstance(error, Refused) else str(error))
