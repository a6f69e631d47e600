"""Organisations in their tree, and the ones that answer for a region and a sector."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import UnknownRecord
from workflows.geography.divisions import RegionLevel
from workflows.geography.regions import Region, codes_of, region
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.organisations.sectors import Sector
from workflows.records import Record

COMMITTEES = (OrganisationKind.COMMITTEE, OrganisationKind.PROVINCE_COMMITTEE)
HIGHEST_FIRST = (RegionLevel.PROVINCE, RegionLevel.CITY, RegionLevel.COUNTY, RegionLevel.TOWNSHIP)


def organisation(session: Session, organisation_id: int) -> Organisation:
    """The organisation with this id. Raises UnknownRecord."""
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise UnknownRecord(Record.ORGANISATION, organisation_id)
    return found


def department_for(session: Session, region_code: str, sector: Sector) -> Organisation:
    """The department that supervises a sector in a region: the region's own, else the nearest superior region's.

    Raises UnknownRecord when not even the province has one.
    """
    wanted = select(Organisation).where(
        Organisation.kind == OrganisationKind.DEPARTMENT,
        Organisation.sector == sector,
        Organisation.closed_at.is_(None),
    )
    regions = codes_of(region(session, region_code).path)
    found = session.scalars(wanted.where(Organisation.region_code.in_(regions))).all()
    if not found:
        raise UnknownRecord(Record.DEPARTMENT, [sector, region_code])
    return max(found, key=_depth)


def committee_for(session: Session, region_code: str, level: RegionLevel) -> Organisation:
    """The safety committee at a level above a region, or of the region itself.

    A city without counties (济源) is its own county: its one committee answers at both levels. Raises UnknownRecord.
    """
    return organisation_at(session, region_code, level, COMMITTEES)


def organisation_at(
    session: Session, region_code: str, level: RegionLevel, kinds: Sequence[OrganisationKind]
) -> Organisation:
    """The organisation of one of these kinds in the region at this level that holds `region_code`, or in the nearest
    one above when the line skips the level. Raises UnknownRecord."""
    allowed = HIGHEST_FIRST[: HIGHEST_FIRST.index(level) + 1]
    found = session.scalars(
        select(Organisation)
        .join(Region, Region.code == Organisation.region_code)
        .where(
            Organisation.kind.in_(kinds),
            Organisation.closed_at.is_(None),
            Organisation.region_code.in_(codes_of(region(session, region_code).path)),
            Region.level.in_(allowed),
        )
    ).all()
    if not found:
        raise UnknownRecord(kinds[0], [level, region_code])
    return max(found, key=_depth)


def subordinates(session: Session, organisation_id: int) -> Sequence[Organisation]:
    """The organisations directly below one in the tree, in administrative-code order."""
    return session.scalars(
        select(Organisation)
        .where(Organisation.parent_id == organisation_id)
        .order_by(Organisation.region_code, Organisation.id)
    ).all()


def superiors(session: Session, organisation_id: int) -> Sequence[Organisation]:
    """The organisations above one in the tree, the highest first."""
    chain = select(Organisation.id, Organisation.parent_id).where(Organisation.id == organisation_id)
    line = chain.cte("line", recursive=True)
    line = line.union(select(Organisation.id, Organisation.parent_id).where(Organisation.id == line.c.parent_id))
    above = select(Organisation).where(Organisation.id.in_(select(line.c.id)), Organisation.id != organisation_id)
    return sorted(session.scalars(above), key=_depth)


def _depth(found: Organisation) -> int:
    return len(found.region_path)
