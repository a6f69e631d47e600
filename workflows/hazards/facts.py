"""What the diagrams know of a hazard: the variable `hazard`, made from its row and renewed by operators that change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import UnknownRecord
from workflows.geography.divisions import RegionLevel
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity
from workflows.organisations.tree import committee_for

FIRST_VARIABLES: Mapping[str, Any] = {"rectified_by": [], "rechecked_by": [], "outcome": "", "reason": ""}
"""What a hazard's process starts with beside `hazard`: who took part so far, and how the last stage ended."""


def facts_of(session: Session, hazard: Hazard) -> dict[str, Any]:
    """The variable `hazard`. `closing` is the committee at whose level it may be closed.

    A general hazard is closed by its county's committee; a major or listed one at the level above.
    """
    return {
        "id": hazard.id,
        "number": hazard.number,
        "campaign": hazard.campaign_id,
        "title": hazard.title,
        "severity": hazard.severity.value,
        "sector": hazard.sector.value,
        "region": hazard.region_code,
        "origin": hazard.origin.value,
        "claimed_done": hazard.claimed_done_on is not None,
        "unit": hazard.unit_id,
        "responsible_person": hazard.responsible_person,
        "department": hazard.department_id,
        "committee": hazard.committee_id,
        "closing": _closing_committee(session, hazard),
        "due_at": hazard.due_at.isoformat() if hazard.due_at else None,
        "listed": hazard.listed,
    }


def hazard_by_number(session: Session, number: str) -> Hazard | None:
    """The hazard with this number, or None."""
    return session.scalars(select(Hazard).where(Hazard.number == number)).one_or_none()


def hazard_of(session: Session, number: str) -> Hazard:
    """The hazard with this number, which is also its process's business key. Raises UnknownRecord."""
    found = hazard_by_number(session, number)
    if found is None:
        raise UnknownRecord("hazard", number)
    return found


def _closing_committee(session: Session, hazard: Hazard) -> int:
    if hazard.severity is Severity.MAJOR or hazard.listed:
        return committee_for(session, hazard.region_code, RegionLevel.CITY).id
    return hazard.committee_id
