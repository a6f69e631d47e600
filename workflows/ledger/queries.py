"""How an address says the conditions of a selection: a reader for each field, and one writer for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

from workflows.campaigns.content_areas import ContentArea, Source
from workflows.hazards.words import Origin, Severity, Stage, Verdict
from workflows.organisations.sectors import Sector

Read = Callable[[Sequence[str]], Any]
YES, NO = "yes", "no"
LONGEST_TEXT: Final = 255
OPEN_STAGES: Final = {"open": (Stage.SELF_CHECK, Stage.SPECIAL_INSPECTION, Stage.SPOT_CHECK, Stage.CLOSURE)}


def _text(values: Sequence[str]) -> str:
    return values[-1][:LONGEST_TEXT].replace("\0", "")


def _day(values: Sequence[str]) -> date | None:
    try:
        return date.fromisoformat(values[-1])
    except ValueError:
        return None


def _number(values: Sequence[str]) -> int | None:
    """A count from 1 on; a plain yes asks for one at least."""
    written = values[-1]
    if written == YES:
        return 1
    return int(written) if written.isascii() and written.isdigit() and int(written[:9]) > 0 else None


def _answer(values: Sequence[str]) -> bool | None:
    return {YES: True, NO: False}.get(values[-1])


def _one(kind: type[StrEnum]) -> Read:
    return lambda values: next((member for member in kind if member.value == values[-1]), None)


def _several(kind: type[StrEnum], groups: Mapping[str, Sequence[StrEnum]] | None = None) -> Read:
    known = {member.value: (member,) for member in kind} | dict(groups or {})

    def read(values: Sequence[str]) -> tuple[StrEnum, ...]:
        named = {member for value in values for member in known.get(value, ())}
        return tuple(member for member in kind if member in named)

    return read


READERS: Final[Mapping[str, Read]] = {
    "campaign": _text,
    "stage": _several(Stage, OPEN_STAGES),
    "region": _text,
    "sector": _several(Sector),
    "severity": _one(Severity),
    "origin": _one(Origin),
    "area": _one(ContentArea),
    "source": _one(Source),
    "overdue": _number,
    "due_from": _day,
    "due_to": _day,
    "found_from": _day,
    "found_to": _day,
    "registered_from": _day,
    "registered_to": _day,
    "rectified_from": _day,
    "rectified_to": _day,
    "closed_from": _day,
    "closed_to": _day,
    "is_rectified": _answer,
    "in_time": _answer,
    "returned": _number,
    "listed": _answer,
    "exposed": _answer,
    "verdict": _one(Verdict),
    "unit": _text,
    "person": _text,
    "text": _text,
}
"""By field of a selection."""

NAMES: Final[Mapping[str, str]] = {name: "rectified" if name == "is_rectified" else name for name in READERS}
"""What each field is called in an address."""


def written(value: Any) -> Sequence[str]:
    """A condition as an address has it; several values for one that takes several."""
    if isinstance(value, tuple):
        return [str(member.value) for member in value]
    if isinstance(value, bool):
        return [YES if value else NO]
    return [value.isoformat() if isinstance(value, date) else str(value)]
