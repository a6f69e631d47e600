"""Who answers for a place: its department and its safety committees, looked up once for each place and sector."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflows.geography.divisions import RegionLevel
from workflows.organisations.models import Organisation
from workflows.organisations.sectors import Sector
from workflows.organisations.tree import committee_for, department_for


@dataclass(frozen=True, slots=True)
class Answerer:
    """An organisation that answers, as plain figures that outlive the session they were read in."""

    id: int
    name: str


class Answering:
    """Remembers who answers where; an import keeps one over all its transactions."""

    def __init__(self) -> None:
        self._departments: dict[tuple[str, Sector], Answerer] = {}
        self._committees: dict[tuple[str, RegionLevel], Answerer] = {}

    def department(self, session: Session, region_code: str, sector: Sector) -> Answerer:
        """The department that supervises a sector in a region. Raises UnknownRecord."""
        key = (region_code, sector)
        if key not in self._departments:
            self._departments[key] = _answerer(department_for(session, region_code, sector))
        return self._departments[key]

    def committee(self, session: Session, region_code: str, level: RegionLevel = RegionLevel.COUNTY) -> Answerer:
        """The safety committee at a level above a region. Raises UnknownRecord."""
        key = (region_code, level)
        if key not in self._committees:
            self._committees[key] = _answerer(committee_for(session, region_code, level))
        return self._committees[key]


def _answerer(organisation: Organisation) -> Answerer:
    return Answerer(organisation.id, organisation.name)
