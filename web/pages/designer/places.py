"""What every process of a hazard knows of places and facts: the expressions, and their words for those who pick."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from flask_babel import LazyString, lazy_gettext

from web.words import in_words
from workflows.hazards.words import Origin, Severity
from workflows.organisations.sectors import Sector

PLACES: Final[tuple[tuple[str, LazyString], ...]] = (
    ("hazard.unit", lazy_gettext("The unit where the hazard is")),
    ("hazard.department", lazy_gettext("The department for the hazard's sector and region")),
    ("hazard.committee", lazy_gettext("The committee of the hazard's region")),
    ("hazard.closing", lazy_gettext("The committee at whose level the hazard is closed")),
    ("spot_check.team", lazy_gettext("The spot-check team that drew the hazard")),
    ("supervision.committee", lazy_gettext("The committee that lists the hazard for supervision")),
    ("request.committee", lazy_gettext("The committee that decides on the extension")),
    ("check.unit", lazy_gettext("The unit that is to check for similar hazards")),
)
"""What the processes know of organisations, as expressions that give the number of one."""


@dataclass(frozen=True)
class Variable:
    """Something that every process of a hazard knows: its expression, its words, and the values that it takes.

    The values are an enum's members, or single words; without any it is true or false.
    """

    expression: str
    words: LazyString
    values: type[StrEnum] | tuple[tuple[str, LazyString], ...] = ()


VARIABLES: Final[tuple[Variable, ...]] = (
    Variable("hazard.severity", lazy_gettext("Severity of the hazard"), Severity),
    Variable("hazard.sector", lazy_gettext("Sector of the hazard"), Sector),
    Variable("hazard.origin", lazy_gettext("Origin of the hazard"), Origin),
    Variable("hazard.listed", lazy_gettext("The hazard is listed for supervision")),
    Variable("hazard.confirmed", lazy_gettext("The hazard was confirmed")),
    Variable("hazard.planned", lazy_gettext("The hazard has a plan")),
    Variable("hazard.rectified", lazy_gettext("The hazard was reported as put right")),
    Variable("hazard.claimed_done", lazy_gettext("An earlier ledger calls the hazard put right")),
    Variable(
        "outcome",
        lazy_gettext("How the stage before ended"),
        (
            ("passed", lazy_gettext("passed")),
            ("returned", lazy_gettext("returned")),
            ("reopened", lazy_gettext("reopened")),
            ("closed", lazy_gettext("closed off")),
        ),
    ),
)


def variables_in_words() -> list[dict[str, Any]]:
    """What conditions can ask of every hazard, with the values to choose from."""
    return [{"value": each.expression, "words": str(each.words), "options": _values(each)} for each in VARIABLES]


def _values(variable: Variable) -> list[dict[str, str]]:
    if isinstance(variable.values, tuple):
        return [{"value": value, "words": str(words)} for value, words in variable.values]
    return [{"value": each.value, "words": in_words(each)} for each in variable.values]


def places_in_words() -> list[dict[str, str]]:
    """The places as a list of choices."""
    return [{"value": value, "words": str(words)} for value, words in PLACES]
