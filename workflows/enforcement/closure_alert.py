"""When the law asks that a unit's closure be proposed to its local government.

Source: Work Safety Law (2021), art. 113 (1): there is a major hazard, and the unit was punished under the law three
times within 180 days or four times within one year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.calendar import BEIJING_TIME
from workflows.enforcement.models import EnforcementCase, PenaltyKind
from workflows.hazards.guard import FINAL
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity

SHORT_TERM, TIMES_IN_SHORT_TERM = timedelta(days=180), 3
TIMES_IN_A_YEAR = 4


@dataclass(frozen=True)
class ClosureAlert:
    """A unit whose closure must be proposed: its major hazards by number, and how often it was punished."""

    unit_id: int
    major_hazards: tuple[str, ...]
    in_180_days: int
    in_a_year: int


def closure_alert(session: Session, unit_id: int, on: date) -> ClosureAlert | None:
    """The alert for a unit on a day, that day included; None while the law does not ask for closure."""
    hazards = _major_hazards(session, unit_id)
    if not hazards:
        return None
    days = _days_of_penalties(session, unit_id)
    in_180_days = sum(on - SHORT_TERM < day <= on for day in days)
    in_a_year = sum(_a_year_before(on) < day <= on for day in days)
    if in_180_days < TIMES_IN_SHORT_TERM and in_a_year < TIMES_IN_A_YEAR:
        return None
    return ClosureAlert(unit_id, tuple(hazards), in_180_days, in_a_year)


def _major_hazards(session: Session, unit_id: int) -> Sequence[str]:
    """The unit's major hazards that are still there."""
    return session.scalars(
        select(Hazard.number)
        .where(
            Hazard.unit_id == unit_id,
            Hazard.severity == Severity.MAJOR,
            Hazard.stage.not_in(FINAL),
        )
        .order_by(Hazard.id)
    ).all()


def _days_of_penalties(session: Session, unit_id: int) -> list[date]:
    decided = session.scalars(
        select(EnforcementCase.decided_at).where(
            EnforcementCase.unit_id == unit_id,
            EnforcementCase.decided_at.is_not(None),
            EnforcementCase.penalty != PenaltyKind.NONE,
        )
    )
    return [moment.astimezone(BEIJING_TIME).date() for moment in decided if moment]


def _a_year_before(day: date) -> date:
    """The same day of the year before; 28 February for a leap day."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
