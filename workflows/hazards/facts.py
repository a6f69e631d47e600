"""What the diagrams know of a hazard: the variable `hazard`, made from its row, renewed by operators that change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.operators import OperatorContext
from workflows.errors import UnknownRecord
from workflows.geography.divisions import RegionLevel
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity
from workflows.organisations.tree import committee_for
from workflows.records import Record

FIRST_VARIABLES: Mapping[str, Any] = {
    "rectified_by": [],
    "rechecked_by": [],
    "outcome": "",
    "reason": "",
    "expert": None,
}
"""What a process starts with beside `hazard`: who took part so far, how the last stage ended, what an expert said."""

_BY_NUMBER: Final = select(Hazard).where(Hazard.number == bindparam("number"))


def facts_of(session: Session, hazard: Hazard, *, closing: int | None = None) -> dict[str, Any]:
    """The variable `hazard`. `closing` is the committee at whose level it may be closed; it is found unless given."""
    return {
        "id": hazard.id,
        "number": hazard.number,
        "campaign": hazard.campaign_id,
        "campaign_ends_at": hazard.campaign.ends_at.isoformat(),
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
        "closing": closing or closing_committee(session, hazard),
        "due_at": hazard.due_at.isoformat() if hazard.due_at else None,
        "listed": hazard.listed,
        "confirmed": hazard.confirmed_at is not None,
        "planned": hazard.planned_at is not None,
        "rectified": hazard.rectified_at is not None,
    }


def closing_committee(session: Session, hazard: Hazard) -> int:
    """Who closes a hazard: a general one its county's committee, a major one the city's.

    These are the levels that list such hazards, so a listed one is closed only at the level that listed it.
    """
    if is_closed_by_city(hazard.severity):
        return committee_for(session, hazard.region_code, RegionLevel.CITY).id
    return hazard.committee_id


def is_closed_by_city(severity: Severity) -> bool:
    """Whether the county's level is too low to close such a hazard."""
    return severity is Severity.MAJOR


def hazard_by_number(session: Session, number: str) -> Hazard | None:
    """The hazard with this number, or None."""
    return session.scalars(_BY_NUMBER, {"number": number}).one_or_none()


def hazard_of(session: Session, number: str) -> Hazard:
    """The hazard with this number, which is also its process's business key. Raises UnknownRecord."""
    found = hazard_by_number(session, number)
    if found is None:
        raise UnknownRecord(Record.HAZARD, number)
    return found


def hazard_at(context: OperatorContext) -> Hazard:
    """The hazard that an operator's instance is about. Raises UnknownRecord."""
    return hazard_of(context.uow.session, context.instance.business_key)
