"""The cast as others meet it: the units in which hazards are found, and the teams that look back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from workflows.organisations.models import Organisation, OrganisationKind, Person, RoleAssignment
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector


@dataclass(frozen=True)
class CastUnit:
    """An enterprise with the accounts of its two people."""

    id: int
    name: str
    uscc: str | None
    region_code: str
    region_path: str
    sector: Sector
    responsible_person: str
    unit_leader: str


@dataclass(frozen=True)
class Cast:
    """Everyone who plays: units and spot-check teams by id order, and how many organisations and people there are."""

    province_committee: int
    units: tuple[CastUnit, ...]
    teams: tuple[int, ...]
    organisations: int
    people: int


def cast_of(session: Session) -> Cast | None:
    """The cast that the database has; None before it was loaded."""
    committee = session.scalars(
        select(Organisation.id).where(Organisation.kind == OrganisationKind.PROVINCE_COMMITTEE)
    ).first()
    if committee is None:
        return None
    teams = select(Organisation.id).where(Organisation.kind == OrganisationKind.SPOT_CHECK_TEAM)
    return Cast(
        province_committee=committee,
        units=_units(session),
        teams=tuple(session.scalars(teams.order_by(Organisation.id))),
        organisations=session.scalars(select(func.count()).select_from(Organisation)).one(),
        people=session.scalars(select(func.count()).select_from(Person)).one(),
    )


def _units(session: Session) -> tuple[CastUnit, ...]:
    """The enterprises with their responsible person and leader, in one query."""
    responsible, leader = aliased(Person), aliased(Person)
    as_responsible, as_leader = aliased(RoleAssignment), aliased(RoleAssignment)
    rows = session.execute(
        select(Organisation, responsible.account, leader.account)
        .join(as_responsible, as_responsible.organisation_id == Organisation.id)
        .join(responsible, responsible.id == as_responsible.person_id)
        .join(as_leader, as_leader.organisation_id == Organisation.id)
        .join(leader, leader.id == as_leader.person_id)
        .where(
            Organisation.kind == OrganisationKind.ENTERPRISE,
            as_responsible.role == Role.RESPONSIBLE_PERSON,
            as_leader.role == Role.UNIT_LEADER,
        )
        .order_by(Organisation.id)
    )
    return tuple(
        CastUnit(it.id, it.name, it.uscc, it.region_code, it.region_path, it.sector, first, second)
        for it, first, second in rows
        if it.sector
    )
