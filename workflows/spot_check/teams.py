"""A committee's spot-check teams with their people, and where these come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased

from workflows.geography.regions import codes_of
from workflows.organisations.models import Organisation, OrganisationKind, Person, RoleAssignment
from workflows.organisations.roles import Role
from workflows.spot_check.assignment import Member, Team

INSPECTORS = (Role.TEAM_LEADER, Role.TEAM_MEMBER)


def teams_of(session: Session, committee: Organisation) -> list[Team]:
    """The open teams of a committee in the order of their ids, with their active people."""
    people: defaultdict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    names: dict[int, str] = {}
    for row in _people(session, committee.id):
        people[row.team_id].append(row)
        names[row.team_id] = row.team_name
    level = len(codes_of(committee.region_path))
    return [
        Team(team_id, names[team_id], _members(rows, INSPECTORS, level), _members(rows, (Role.EXPERT,), level))
        for team_id, rows in people.items()
    ]


def open_teams(session: Session, committee: Organisation) -> Sequence[Organisation]:
    """The teams of a committee that are not closed, with and without people."""
    teams = select(Organisation).where(
        Organisation.kind == OrganisationKind.SPOT_CHECK_TEAM,
        Organisation.parent_id == committee.id,
        Organisation.closed_at.is_(None),
    )
    return session.scalars(teams.order_by(Organisation.id)).all()


def _people(session: Session, committee_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    team, employer = aliased(Organisation), aliased(Organisation)
    columns = (Person.account, Person.name, Person.specialities, Person.organisation_id, RoleAssignment.role)
    return session.execute(
        select(*columns, team.id.label("team_id"), team.name.label("team_name"), employer.region_path)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .join(team, team.id == RoleAssignment.organisation_id)
        .join(employer, employer.id == Person.organisation_id)
        .where(team.kind == OrganisationKind.SPOT_CHECK_TEAM, team.parent_id == committee_id, Person.active)
        .where(team.closed_at.is_(None))
        .where(RoleAssignment.role.in_((*INSPECTORS, Role.EXPERT)))
        .order_by(team.id, Person.id, RoleAssignment.role)
    ).all()


def _members(rows: Iterable[Row[*tuple[Any, ...]]], roles: Sequence[Role], level: int) -> tuple[Member, ...]:
    """One member for each person who has one of the roles, leading if one of them is the leader's."""
    members: dict[str, Member] = {}
    for row in (row for row in rows if row.role in roles):
        leads = row.role is Role.TEAM_LEADER or (row.account in members and members[row.account].is_leader)
        members[row.account] = Member(
            row.account,
            row.name,
            _area(row.region_path, level),
            row.organisation_id,
            is_leader=leads,
            specialities=frozenset(row.specialities),
        )
    return tuple(members.values())


def _area(region_path: str, level: int) -> str | None:
    codes = codes_of(region_path)
    return codes[level] if len(codes) > level else None
