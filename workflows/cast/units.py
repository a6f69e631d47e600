"""The cast's enterprises, spread over the townships of each county."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count, cycle
from random import Random

from sqlalchemy.orm import Session

from workflows.cast.enterprises import enterprise_name, social_credit_code
from workflows.cast.founding import Founding, found
from workflows.cast.places import full_name, townships_of
from workflows.cast.recruiting import Recruiter, Staff
from workflows.cast.sign_ins import DEMO_COUNTY, DEMO_SECTOR, Workplace
from workflows.geography.divisions import Division
from workflows.organisations.models import OrganisationKind
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector

UNIT_STAFF: Staff = {Role.RESPONSIBLE_PERSON: 1, Role.UNIT_LEADER: 1}


def found_units(
    session: Session,
    recruiter: Recruiter,
    counties: list[Division],
    superiors: Mapping[str, int],
    per_sector: int,
    random: Random,
) -> None:
    """Enterprises of every sector in each county; `superiors` are the ids of committees and townships by code."""
    serials = count(1)
    units = [it for county in counties for it in _units_of(county, superiors, per_sector, serials, random)]
    demo = next(it for it in units if it.region_code.startswith(DEMO_COUNTY) and it.sector is DEMO_SECTOR)
    for founding, unit in zip(units, found(session, units), strict=True):
        recruiter.staff(unit, UNIT_STAFF, workplace=Workplace.ENTERPRISE if founding is demo else None)


def _units_of(
    county: Division, superiors: Mapping[str, int], per_sector: int, serials: Iterator[int], random: Random
) -> Iterator[Founding]:
    townships = [it.code for it in townships_of(county) if it.code in superiors]
    places = cycle(townships or [county.code])
    taken: set[str] = set()
    for sector in Sector:
        for _ in range(per_sector):
            code = next(places)
            yield Founding(
                _free_name(county, sector, taken, random),
                OrganisationKind.ENTERPRISE,
                code,
                superiors[code],
                sector,
                social_credit_code(county.code, next(serials)),
            )


def _free_name(county: Division, sector: Sector, taken: set[str], random: Random) -> str:
    while (name := enterprise_name(full_name(county), sector, random)) in taken:
        pass
    taken.add(name)
    return name
