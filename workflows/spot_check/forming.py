"""Forms a committee's spot-check teams: founds one, takes people in with their specialities, lets them go.

The rules of appointment are those of the administration: nobody appoints himself, and duties stay apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.errors import InvalidRecord, Refused, UnknownRecord
from workflows.organisations.appointing import appoint, withdraw
from workflows.organisations.changing import OrganisationFacts, found_organisation
from workflows.organisations.enrolling import PersonFacts, change_person
from workflows.organisations.mandates import mandate_of
from workflows.organisations.models import Organisation, OrganisationKind, Person
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector
from workflows.organisations.tree import organisation
from workflows.records import Record
from workflows.sentences import sentence
from workflows.spot_check.assignment import Member, Team
from workflows.spot_check.models import SampledHazard
from workflows.spot_check.teams import teams_of

ROLES = (Role.TEAM_LEADER, Role.TEAM_MEMBER, Role.EXPERT)


def found_team(uow: UnitOfWork, committee: Organisation, name: str, *, by: str) -> Organisation:
    """A new team of a committee, without people yet. Raises InvalidRecord, OutOfScope."""
    facts = OrganisationFacts(
        name.strip(), OrganisationKind.SPOT_CHECK_TEAM, committee.region_code, parent_id=committee.id
    )
    taken = select(Organisation.id).where(
        Organisation.parent_id == committee.id,
        Organisation.kind == OrganisationKind.SPOT_CHECK_TEAM,
        Organisation.name == name.strip(),
    )
    if uow.session.scalar(taken.limit(1)) is not None:
        raise InvalidRecord({"name": sentence("the committee has a team of this name already")})
    return found_organisation(uow, mandate_of(uow.session, by), facts)


def team_of(session: Session, team_id: int) -> Organisation:
    """The open team with this id. Raises UnknownRecord."""
    found = organisation(session, team_id)
    if found.kind is not OrganisationKind.SPOT_CHECK_TEAM or found.closed_at is not None:
        raise UnknownRecord(Record.ORGANISATION, team_id)
    return found


def take_in(
    uow: UnitOfWork,
    team: Organisation,
    *,
    account: str,
    role: Role | None,
    specialities: Sequence[Sector] = (),
    reason: str = "",
    by: str,
) -> Person:
    """Let somebody go with a team; an expert needs specialities, which replace those known so far.

    Raises InvalidRecord by field, OutOfScope where the office does not reach, and Refused for oneself.
    """
    person = person_by_account(uow.session, account.strip())
    if person is None or not person.active:
        raise InvalidRecord({"account": sentence("nobody has this account")})
    if role is None or role not in ROLES:
        raise InvalidRecord({"role": sentence("choose what the person is in the team")})
    if role is Role.EXPERT and not specialities:
        raise InvalidRecord({"specialities": sentence("an expert is sent to hazards of the own speciality: name one")})
    mandate = mandate_of(uow.session, by)
    appoint(uow, mandate, person.account, role, team.id, reason=reason)
    if role is Role.EXPERT and set(specialities) != set(person.specialities):
        facts = PersonFacts(person.account, person.name, person.organisation_id, person.phone, tuple(specialities))
        change_person(uow, mandate, person.account, facts, expected_version=person.version)
    return person


def let_go(uow: UnitOfWork, team: Organisation, *, account: str, role: Role, by: str) -> None:
    """Take somebody out of a team. Raises Refused while hazards wait for the person, and OutOfScope."""
    waiting = _waiting(uow.session, team, account, role)
    if waiting:
        raise Refused(
            sentence(
                "%(number)s drawn hazards still wait for %(who)s in this team; give them to others first",
                number=waiting,
                who=account,
            )
        )
    withdraw(uow, mandate_of(uow.session, by), account, role, team.id)


def is_ready(team: Team) -> bool:
    """Whether a team can be sent at all: a leader, a second inspector and an expert."""
    return any(it.is_leader for it in team.inspectors) and len(team.inspectors) > 1 and bool(team.experts)


def people_to_take(session: Session, committee: Organisation, text: str, *, limit: int = 20) -> Sequence[Person]:
    """Active people whose account or name contains a text, for a choice."""
    asked = text.strip()
    if not asked:
        return ()
    found = select(Person).join(Organisation, Organisation.id == Person.organisation_id)
    fits = Person.account.startswith(asked, autoescape=True) | Person.name.startswith(asked, autoescape=True)
    below = Organisation.region_path.startswith(committee.region_path)
    return session.scalars(found.where(fits, Person.active, below).order_by(Person.name, Person.id).limit(limit)).all()


def _waiting(session: Session, team: Organisation, account: str, role: Role) -> int:
    """How many hazards would be left without the expert, or with a team that nobody leads."""
    given = select(func.count()).where(SampledHazard.team_id == team.id, SampledHazard.inspected_at.is_(None))
    if role is Role.EXPERT:
        given = given.where(SampledHazard.expert == account)
    elif _still_goes(session, team, account):
        return 0
    return session.scalar(given) or 0


def _still_goes(session: Session, team: Organisation, leaving: str) -> bool:
    committee = organisation(session, team.parent_id or 0)
    [here] = [it for it in teams_of(session, committee) if it.id == team.id] or [Team(team.id, team.name, (), ())]
    staying: list[Member] = [it for it in here.inspectors if it.account != leaving]
    return len(staying) > 1 and any(it.is_leader for it in staying)
