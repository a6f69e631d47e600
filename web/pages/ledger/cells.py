"""A hazard's cells as the table shows them: words, days and figures in the language of the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from flask_babel import gettext

from engine.runtime import UnitOfWork
from web.places import place_in_words
from web.times import Due, full_day, left_until
from web.wiring import settings
from web.words import WORDS, in_words
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage
from workflows.ledger.appearance import DAYS_LEFT
from workflows.ledger.writing.entries import rows_of

LONGEST: Final = 80
OWN: Final = frozenset(Hazard.__mapper__.columns.keys()) - {"documents"}
"""What the hazard's own row says; for the other columns more must be read."""
ENDED: Final = (Stage.CLOSED, Stage.VOIDED)


@dataclass(frozen=True)
class Line:
    """One row of the table: the hazard, how its time stands (None once it is put right), and its cells in words."""

    hazard: Hazard
    due: Due | None
    cells: Mapping[str, str]


def lines(uow: UnitOfWork, hazards: Sequence[Hazard], columns: Sequence[str]) -> list[Line]:
    """The table's lines; what hangs on the hazards is read only when a column shows it."""
    wanted = [name for name in columns if name != DAYS_LEFT]
    if OWN.issuperset(wanted):
        values: list[Mapping[str, Any]] = [{name: getattr(it, name) for name in wanted} for it in hazards]
    else:
        values = [
            {**row, "returns": it.returns} for it, row in zip(hazards, rows_of(uow.session, hazards), strict=True)
        ]
    return [
        Line(it, _due(uow, it), {name: _words(it, name, row.get(name)) for name in wanted})
        for it, row in zip(hazards, values, strict=True)
    ]


def _due(uow: UnitOfWork, hazard: Hazard) -> Due | None:
    is_open = hazard.rectified_at is None and hazard.stage not in ENDED
    return left_until(hazard.due_at, uow.now, settings().calendar) if is_open else None


def _words(hazard: Hazard, name: str, value: Any) -> str:
    if name == "region_code":
        return place_in_words(hazard.region_code)
    match value:
        case None | "" | 0:
            return ""
        case bool():
            return gettext("yes")
        case StrEnum():
            return in_words(value) if type(value) in WORDS else str(value)
        case datetime():
            return full_day(settings().calendar.local_date(value))
        case date():
            return full_day(value)
        case Decimal():
            return f"{value.normalize():,f}"
        case _:
            return _shortened(str(value))


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
