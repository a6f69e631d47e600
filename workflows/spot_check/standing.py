"""Who may hold rounds, who may look at which, and who is sent: the one place that decides.

The committee offices of the province and of the cities hold rounds, each in its own region. County offices do not see
them: whom a team will visit is not told to those who are visited. A team and an expert see the rounds that send them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from workflows.errors import OutOfScope
from workflows.geography.paths import EVERYWHERE, inside, is_inside
from workflows.geography.regions import codes_of
from workflows.organisations.models import Organisation, OrganisationKind, Person, RoleAssignment
from workflows.organisations.roles import Role
from workflows.permissions import READS_EVERYTHING
from workflows.sentences import Sentence, sentence
from workflows.spot_check.models import SampledHazard, SpotCheckRound

CITY = 2
"""How many codes the path of a city has: the province's and its own."""


@dataclass(frozen=True)
class Office:
    """A committee whose office the person works in, which may hold rounds."""

    committee_id: int
    name: str
    region_path: str


@dataclass(frozen=True)
class Standing:
    """What an account is to the spot-checks: its offices, the regions it reads, the teams it goes with."""

    account: str
    offices: tuple[Office, ...] = ()
    reads: frozenset[str] = frozenset()
    teams: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()

    def holds(self, region_path: str) -> bool:
        """Whether the person may hold rounds of this region."""
        return any(is_inside(region_path, office.region_path) for office in self.offices)

    def oversees(self, region_path: str) -> bool:
        """Whether the person may look at everything of a round of this region."""
        return self.holds(region_path) or any(is_inside(region_path, read) for read in self.reads)

    def leads_or_holds(self, it: SpotCheckRound, team_id: int) -> bool:
        """Whether the person may arrange the itinerary of a team in a round."""
        return team_id in self.leads or self.holds(it.region_path)


def standing_of(session: Session, account: str) -> Standing:
    """What this account is to the spot-checks; nothing when it is unknown or inactive."""
    held = session.execute(
        select(RoleAssignment.role, Organisation)
        .join(Person, Person.id == RoleAssignment.person_id)
        .join(Organisation, Organisation.id == RoleAssignment.organisation_id)
        .where(Person.account == account, Person.active)
        .order_by(Organisation.id)
    ).all()
    teams = [(role, at.id) for role, at in held if at.kind is OrganisationKind.SPOT_CHECK_TEAM]
    return Standing(
        account,
        offices=tuple(Office(at.id, at.name, at.region_path) for role, at in held if _is_office(role, at)),
        reads=frozenset(path for role, at in held if (path := _read(role, at))),
        teams=frozenset(team for _, team in teams),
        leads=frozenset(team for role, team in teams if role is Role.TEAM_LEADER),
    )


def visible_rounds(standing: Standing) -> Select[*tuple[Any, ...]]:
    """The rounds that the person may look at."""
    paths = [*(office.region_path for office in standing.offices), *sorted(standing.reads)]
    sent = select(SampledHazard.round_id).where(concerns(standing))
    return select(SpotCheckRound).where(
        or_(SpotCheckRound.id.in_(sent), *(inside(SpotCheckRound.region_path, path) for path in paths))
    )


def concerns(standing: Standing) -> Any:
    """Whether a drawn hazard was given to the person's teams or to the person as its expert."""
    return or_(SampledHazard.team_id.in_(sorted(standing.teams)), SampledHazard.expert == standing.account)


def ensure_may_hold(standing: Standing, region_path: str) -> None:
    """Raises OutOfScope unless the person's office may hold rounds of this region."""
    if not standing.holds(region_path):
        raise _beyond(
            sentence("only the committee office of the province or of the city holds its rounds, and you are not in it")
        )


def ensure_may_see(session: Session, standing: Standing, it: SpotCheckRound) -> None:
    """Raises OutOfScope for a round that the person neither oversees nor is sent out by."""
    if standing.oversees(it.region_path):
        return
    sent = select(SampledHazard.id).where(SampledHazard.round_id == it.id, concerns(standing)).limit(1)
    if session.scalar(sent) is None:
        raise _beyond(sentence("a round is seen by the office that holds it and by the teams that it sends out"))


def ensure_may_see_all(standing: Standing, it: SpotCheckRound) -> None:
    """Raises OutOfScope unless the person oversees the whole round."""
    if not standing.oversees(it.region_path):
        raise _beyond(sentence("only the office that holds the round sees all of it"))


def ensure_may_see_team(standing: Standing, it: SpotCheckRound, team_id: int) -> None:
    """Raises OutOfScope unless the person oversees the round or goes with the team."""
    if not (standing.oversees(it.region_path) or team_id in standing.teams):
        raise _beyond(sentence("an itinerary is seen by its team and by the office that holds the round"))


def _is_office(role: Role, at: Organisation) -> bool:
    holds = at.kind in (OrganisationKind.PROVINCE_COMMITTEE, OrganisationKind.COMMITTEE)
    return role is Role.COMMITTEE_OFFICE and holds and len(codes_of(at.region_path)) <= CITY


def _read(role: Role, at: Organisation) -> str:
    if role in READS_EVERYTHING:
        return EVERYWHERE
    return at.region_path if role is Role.PROVINCIAL_LEADER and len(codes_of(at.region_path)) <= CITY else ""


def _beyond(said: Sentence) -> OutOfScope:
    return OutOfScope(said)
