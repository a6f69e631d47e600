"""The province's spot-check teams: members from one city who look at others, and experts for every sector."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from workflows.cast.founding import Founding, found
from workflows.cast.recruiting import Recruiter, Staff
from workflows.cast.sign_ins import Workplace
from workflows.geography.divisions import HENAN, RegionLevel, divisions
from workflows.organisations.models import OrganisationKind
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九")
TENS = ("十", *(f"十{numeral}" for numeral in NUMERALS[:8]))
MEMBERS: Staff = {Role.TEAM_LEADER: 1, Role.TEAM_MEMBER: 3}
ONE_EXPERT: Staff = {Role.EXPERT: 1}
EXPERTS_COME_FROM = 7  # cities further on than the members, so that no city's hazard finds a whole team at home


def found_teams(
    session: Session, recruiter: Recruiter, province_committee: int, departments: Mapping[tuple[str, Sector], int]
) -> None:
    """Eighteen teams. Their people stay employed by departments of cities, by which conflicts of interest are known."""
    homes = [it.code for it in divisions().values() if it.level is RegionLevel.CITY]
    teams = found(
        session,
        (
            Founding(f"省第{numeral}综合抽查组", OrganisationKind.SPOT_CHECK_TEAM, HENAN, province_committee)
            for numeral in (*NUMERALS, *TENS)
        ),
    )
    sectors = list(Sector)
    for number, team in enumerate(teams):
        employer = departments[homes[number], sectors[number % len(sectors)]]
        # The demo's county is in the first city: its member belongs to a team from another.
        workplace = Workplace.TEAM if number == 1 else None
        recruiter.staff(team, MEMBERS, employer_id=employer, workplace=workplace)
        expert_home = homes[(number + EXPERTS_COME_FROM) % len(homes)]
        for pair in zip(sectors[::2], sectors[1::2], strict=True):
            recruiter.staff(team, ONE_EXPERT, employer_id=departments[expert_home, pair[0]], specialities=pair)
