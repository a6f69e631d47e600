"""What exposed cases and good practice share once they are public: their years, and that they may be gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute

from workflows.calendar import BEIJING_TIME
from workflows.errors import WorkflowsError
from workflows.organisations.sectors import Sector
from workflows.sentences import sentence


@dataclass(frozen=True)
class Choice:
    """Which of the published are asked for; None stands for all. `city` is a code, and the year is one of Beijing's."""

    city: str | None = None
    sector: Sector | None = None
    year: int | None = None


class Withdrawn(WorkflowsError):
    """It was public until it was taken back; nothing of it is shown any more."""

    def __init__(self, at: datetime | None) -> None:
        super().__init__(sentence("this was withdrawn and is no longer public"))
        self.at = at


def within_year(column: InstrumentedAttribute[Any], year: int) -> ColumnElement[bool]:
    """Whether a moment lies in a year of Beijing's time; an index on the column serves it."""
    begins, ends = (datetime.combine(date(each, 1, 1), datetime.min.time(), BEIJING_TIME) for each in (year, year + 1))
    return and_(column >= begins, column < ends)


def year_of(moment: datetime | None) -> int | None:
    """The year of a moment in Beijing."""
    return moment.astimezone(BEIJING_TIME).year if moment else None
