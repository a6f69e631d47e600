"""Who looks at which drawn hazard: constraints first, then the least loaded, then the lot. No database takes part.

For each hazard every expert of every team is either chosen or refused for a stated reason, so that anyone can follow
why it was this team. The hazards with the fewest possible experts go first; of experts equally loaded the one is
chosen whose rank, from the draw's key, is lowest: those who look are drawn as well (双随机).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workflows.labels import LabelledEnum
from workflows.organisations.sectors import Sector
from workflows.spot_check.drawing import rank

INSPECTORS_NEEDED = 2
"""How many of a team must be free of conflicts, as for every inspection (双随机: at least two inspectors)."""


class Refusal(LabelledEnum):
    """Why an expert is not sent to a hazard."""

    OTHER_SPECIALITY = "other_speciality", "专业不符"
    OWN_AREA = "own_area", "属地回避"
    OWN_UNIT = "own_unit", "本单位回避"
    TOOK_PART = "took_part", "曾参与本件办理"
    TEAM_WITHDRAWS = "team_withdraws", "所在抽查组可参加人员不足"
    BUSIER = "busier", "已分任务较多或随机未中"


CONFLICTS = (Refusal.OWN_AREA, Refusal.OWN_UNIT, Refusal.TOOK_PART, Refusal.TEAM_WITHDRAWS)
"""What keeps an expert of the right speciality away."""


@dataclass(frozen=True)
class Member:
    """One of a team, with the area and the organisation of the employer.

    The areas are the regions below the committee's: cities in the province's round, counties in a city's. `area` is
    None for people of the committee's own level.
    """

    account: str
    name: str
    area: str | None
    employer: int
    is_leader: bool = False
    specialities: frozenset[str] = frozenset()

    def conflict(self, it: Subject) -> Refusal | None:
        """Why this person must withdraw from a hazard; who did one of its tasks never looks at it again."""
        if self.account in it.took_part:
            return Refusal.TOOK_PART
        if self.employer == it.unit:
            return Refusal.OWN_UNIT
        return Refusal.OWN_AREA if self.area == it.area else None


@dataclass(frozen=True)
class Team:
    """A spot-check team: the inspectors, one of whom leads, and the experts."""

    id: int
    name: str
    inspectors: tuple[Member, ...]
    experts: tuple[Member, ...]

    def withdrawn(self, it: Subject) -> list[Member]:
        """The inspectors who must not look at a hazard."""
        return [member for member in self.inspectors if member.conflict(it)]

    def can_go(self, it: Subject) -> bool:
        """Whether a leader and enough inspectors remain when those with a conflict withdraw."""
        remaining = [member for member in self.inspectors if not member.conflict(it)]
        return len(remaining) >= INSPECTORS_NEEDED and any(member.is_leader for member in remaining)


@dataclass(frozen=True)
class Subject:
    """A drawn hazard as the assignment sees it; `took_part` are the accounts that did one of its tasks before."""

    number: str
    area: str
    sector: Sector
    unit: int | None = None
    took_part: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Assignment:
    """Who looks at a hazard, and why; without a team, why nobody can. `refusals` are accounts by reason."""

    number: str
    reason: str
    team: Team | None = None
    expert: Member | None = None
    withdrawn: tuple[str, ...] = ()
    refusals: Mapping[str, list[str]] = field(default_factory=dict[str, list[str]])


@dataclass
class Loads:
    """How many hazards each team and each expert has so far."""

    teams: Counter[int] = field(default_factory=Counter[int])
    experts: Counter[str] = field(default_factory=Counter[str])

    def add(self, team: int, expert: str) -> None:
        self.teams[team] += 1
        self.experts[expert] += 1

    def of(self, place: Place) -> tuple[int, int]:
        return self.teams[place.team.id], self.experts[place.expert.account]


@dataclass(frozen=True)
class Place:
    """An expert in a team."""

    team: Team
    expert: Member


@dataclass(frozen=True)
class Choice:
    """The places that may look at hazards of one kind, and the accounts refused, by reason."""

    possible: tuple[Place, ...]
    refused: Mapping[Refusal, tuple[str, ...]]


def assign(subjects: Sequence[Subject], teams: Sequence[Team], key: bytes, loads: Loads) -> list[Assignment]:
    """An assignment for each subject, in the order of their numbers. `loads` is what people have already, and grows."""
    choices: dict[Subject, Choice] = {}
    for it in subjects:
        kind = replace(it, number="")
        if kind not in choices:
            choices[kind] = _choice(it, teams)
    waiting = [(it, choices[replace(it, number="")]) for it in subjects]
    waiting.sort(key=lambda pair: (len(pair[1].possible), rank(key, pair[0].number)))
    assigned = [_assigned(it, choice, key, loads) for it, choice in waiting]
    return sorted(assigned, key=lambda it: it.number)


def _choice(it: Subject, teams: Iterable[Team]) -> Choice:
    possible: list[Place] = []
    refused: defaultdict[Refusal, list[str]] = defaultdict(list)
    for team in teams:
        can_go = team.can_go(it)
        for expert in team.experts:
            refusal = _refusal(it, expert, can_go=can_go)
            if refusal is None:
                possible.append(Place(team, expert))
            else:
                refused[refusal].append(expert.account)
    return Choice(tuple(possible), {why: tuple(accounts) for why, accounts in refused.items()})


def refusal_of(it: Subject, team: Team, expert: Member) -> Refusal | None:
    """Why an expert must not go to a hazard with a team; None when nothing speaks against it."""
    return _refusal(it, expert, can_go=team.can_go(it))


def _refusal(it: Subject, expert: Member, *, can_go: bool) -> Refusal | None:
    if it.sector.value not in expert.specialities:
        return Refusal.OTHER_SPECIALITY
    return expert.conflict(it) or (None if can_go else Refusal.TEAM_WITHDRAWS)


def _assigned(it: Subject, choice: Choice, key: bytes, loads: Loads) -> Assignment:
    refusals = {why.value: list(accounts) for why, accounts in choice.refused.items()}
    if not choice.possible:
        return Assignment(it.number, _why_nobody(it, choice), refusals=refusals)
    place, load = _least_loaded(it, choice.possible, key, loads)
    busier = [other.expert.account for other in choice.possible if other is not place]
    if busier:
        refusals[Refusal.BUSIER.value] = busier
    loads.add(place.team.id, place.expert.account)
    return Assignment(
        it.number,
        _why(it, place, load, len(choice.possible)),
        team=place.team,
        expert=place.expert,
        withdrawn=tuple(member.account for member in place.team.withdrawn(it)),
        refusals=refusals,
    )


def _least_loaded(it: Subject, possible: Sequence[Place], key: bytes, loads: Loads) -> tuple[Place, tuple[int, int]]:
    least = min(loads.of(place) for place in possible)
    equal = [place for place in possible if loads.of(place) == least]
    lot = min(equal, key=lambda place: rank(key, f"{it.number}\t{place.team.id}\t{place.expert.account}"))
    return lot, least


def _why(it: Subject, place: Place, load: tuple[int, int], possible: int) -> str:
    return (
        f"{place.expert.name}专长{it.sector.label}，与该隐患属地和责任单位无关联，未参与过本件办理；"
        f"可派专家{possible}名中，{place.team.name}此前已派{load[0]}件、该专家{load[1]}件，为最少，同等者随机确定"
    )


def _why_nobody(it: Subject, choice: Choice) -> str:
    conflicts = [why for why in CONFLICTS if why in choice.refused]
    if not conflicts:
        return f"各抽查组均无专长{it.sector.label}的专家"
    counted = "、".join(f"{why.label}{len(choice.refused[why])}名" for why in conflicts)
    return f"专长{it.sector.label}的专家均不能派：{counted}"
