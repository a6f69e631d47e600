"""The cast's authorities: a committee and ten departments in each place, and some townships."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from sqlalchemy.orm import Session

from workflows.cast.bureaus import department_name
from workflows.cast.founding import Founding, found
from workflows.cast.places import full_name, townships_of
from workflows.cast.recruiting import Recruiter, Staff
from workflows.cast.sign_ins import DEMO_CITY, DEMO_COUNTY, DEMO_SECTOR, Workplace
from workflows.geography.divisions import HENAN, Division, RegionLevel
from workflows.organisations.models import OrganisationKind
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector

TOWNSHIPS_PER_COUNTY = 2
COMMITTEE_STAFF: Staff = {Role.COMMITTEE_OFFICE: 1, Role.CLOSER: 1, Role.PROVINCIAL_LEADER: 1}
TRUSTED_STAFF: Staff = {Role.ADMINISTRATOR: 1, Role.AUDITOR: 1}
PROCESS_STAFF: Staff = {Role.PROCESS_DESIGNER: 2, Role.PROCESS_APPROVER: 1, Role.PROCESS_OPERATOR: 1}
PROVINCE_STAFF: Staff = {**COMMITTEE_STAFF, **TRUSTED_STAFF, **PROCESS_STAFF}
DEPARTMENT_STAFF: Staff = {Role.DEPARTMENT_INSPECTOR: 2, Role.DEPARTMENT_LEADER: 1, Role.EXPERT: 1}
TOWNSHIP_STAFF: Staff = {Role.COMMITTEE_OFFICE: 1}
WORKPLACES = {HENAN: Workplace.PROVINCE, DEMO_CITY: Workplace.CITY, DEMO_COUNTY: Workplace.COUNTY}


def found_committees(session: Session, recruiter: Recruiter, places: list[Division]) -> dict[str, int]:
    """A safety committee in each place below that of the superior place; their ids by the place's code."""
    committees: dict[str, int] = {}
    for level in (RegionLevel.PROVINCE, RegionLevel.CITY, RegionLevel.COUNTY):
        here = [place for place in places if place.level is level]
        ids = found(session, (_committee(place, committees.get(place.parent_code or "")) for place in here))
        committees |= {place.code: committee for place, committee in zip(here, ids, strict=True)}
    for code, committee in committees.items():
        staff = PROVINCE_STAFF if code == HENAN else COMMITTEE_STAFF
        recruiter.staff(committee, staff, workplace=WORKPLACES.get(code))
    return committees


def found_departments(
    session: Session, recruiter: Recruiter, places: list[Division], committees: Mapping[str, int]
) -> dict[tuple[str, Sector], int]:
    """A department for each sector in each place; their ids by the place's code and the sector."""
    desks = list(product(places, Sector))
    ids = found(
        session,
        (
            Founding(
                department_name(full_name(place), place.level, sector),
                OrganisationKind.DEPARTMENT,
                place.code,
                committees[place.code],
                sector,
            )
            for place, sector in desks
        ),
    )
    for (place, sector), department in zip(desks, ids, strict=True):
        is_demo = place.code == DEMO_COUNTY and sector is DEMO_SECTOR
        workplace = Workplace.DEPARTMENT if is_demo else None
        recruiter.staff(department, DEPARTMENT_STAFF, specialities=(sector,), workplace=workplace)
    return {(place.code, sector): department for (place, sector), department in zip(desks, ids, strict=True)}


def found_townships(
    session: Session, recruiter: Recruiter, counties: list[Division], committees: Mapping[str, int]
) -> dict[str, int]:
    """Some townships of each county; their ids by code. A few function zones have none."""
    chosen = [township for county in counties for township in townships_of(county)[:TOWNSHIPS_PER_COUNTY]]
    ids = found(
        session,
        (
            Founding(full_name(it), OrganisationKind.TOWNSHIP, it.code, committees[it.parent_code or ""])
            for it in chosen
        ),
    )
    for township in ids:
        recruiter.staff(township, TOWNSHIP_STAFF)
    return {division.code: township for division, township in zip(chosen, ids, strict=True)}


def _committee(place: Division, superior: int | None) -> Founding:
    is_province = place.level is RegionLevel.PROVINCE
    kind = OrganisationKind.PROVINCE_COMMITTEE if is_province else OrganisationKind.COMMITTEE
    return Founding(f"{full_name(place)}安全生产委员会", kind, place.code, superior)
