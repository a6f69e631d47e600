"""Reads what the units answered, page by page, and how many did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.hazards.models import Hazard
from workflows.organisations.models import Organisation
from workflows.similar_check.models import Answer, SimilarCheck


@dataclass(frozen=True)
class UnitAnswer:
    """One unit's check: the unit's name, and the number of the hazard that it found, if it did."""

    check: SimilarCheck
    unit: str
    region_code: str
    found: str | None


@dataclass(frozen=True)
class Tally:
    """How many units were asked because of a hazard, and how they answered."""

    asked: int
    found: int
    none: int

    @property
    def waiting(self) -> int:
        return self.asked - self.found - self.none


def answers_to(session: Session, hazard_id: int, *, after: int | None = None, limit: int) -> Sequence[UnitAnswer]:
    """Up to `limit` units' checks in the order in which they were asked, those after the id `after`."""
    wanted = (
        select(SimilarCheck, Organisation.name, Organisation.region_code, Hazard.number)
        .join(Organisation, Organisation.id == SimilarCheck.unit_id)
        .outerjoin(Hazard, Hazard.id == SimilarCheck.found_id)
        .where(SimilarCheck.hazard_id == hazard_id)
    )
    if after is not None:
        wanted = wanted.where(SimilarCheck.id > after)
    return [UnitAnswer(*row) for row in session.execute(wanted.order_by(SimilarCheck.id).limit(limit))]


def tally_of(session: Session, hazard_id: int) -> Tally:
    """The count of a hazard's checks by answer."""
    rows = session.execute(
        select(SimilarCheck.answer, func.count())
        .where(SimilarCheck.hazard_id == hazard_id)
        .group_by(SimilarCheck.answer)
    )
    counts: dict[Answer | None, int] = {row[0]: row[1] for row in rows}
    return Tally(sum(counts.values()), counts.get(Answer.FOUND, 0), counts.get(Answer.NONE, 0))
