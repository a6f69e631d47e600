"""Who looks at which drawn hazard: constraints, balance, reasons, and speed."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from workflows.organisations.sectors import Sector
from workflows.spot_check.assignment import Assignment, Loads, Member, Subject, Team, assign

SECTORS = list(Sector)
CITIES = [f"41{number:02}" for number in range(1, 19)]


def team(number: int, *, city: str | None = None, sectors: tuple[Sector, ...] = tuple(Sector)) -> Team:
    """A team whose four inspectors come from one city, and whose experts come from the city seven further on."""
    home = city or CITIES[number % 18]
    inspectors = tuple(Member(f"t{number}m{m}", "张", home, 1000 + number, is_leader=m == 0) for m in range(4))
    away = CITIES[(number + 7) % 18]
    experts = tuple(
        Member(f"t{number}e{place}", "李", away, 2000 + number, specialities=frozenset({sector.value}))
        for place, sector in enumerate(sectors)
    )
    return Team(number, f"第{number}组", inspectors, experts)


def subject(number: int, city: str = "4199", sector: Sector = Sector.TOWN_GAS, unit: int | None = None) -> Subject:
    return Subject(f"H-{number:05}", city, sector, unit)


def one(it: Subject, *teams: Team) -> Assignment:
    return assign([it], teams, b"key", Loads())[0]


subjects = st.lists(
    st.builds(
        subject,
        st.integers(0, 5000),
        st.sampled_from([*CITIES, "4199"]),
        st.sampled_from(SECTORS),
        st.sampled_from([None, 7, 1001, 2002]),
    ),
    max_size=60,
    unique_by=lambda it: it.number,
)
teams = st.lists(st.integers(1, 18), min_size=1, max_size=8, unique=True).map(
    lambda numbers: [team(number, sectors=tuple(SECTORS[number % 3 :: 2])) for number in numbers]
)


@given(subjects, teams)
def test_every_hazard_is_answered_and_nobody_looks_at_their_own(subjects: list[Subject], teams: list[Team]) -> None:
    answers = {it.number: it for it in assign(subjects, teams, b"key", Loads())}
    assert set(answers) == {it.number for it in subjects}
    for it in subjects:
        answer = answers[it.number]
        if answer.team is not None and answer.expert is not None:
            assert it.sector.value in answer.expert.specialities
            going = [m for m in answer.team.inspectors if m.account not in answer.withdrawn] + [answer.expert]
            assert all(member.area != it.area and member.employer != it.unit for member in going)
            assert len(going) >= 3


@given(subjects, teams)
def test_every_answer_has_its_reason_and_every_expert_passed_over_has_one(
    subjects: list[Subject], teams: list[Team]
) -> None:
    experts = sorted(expert.account for team in teams for expert in team.experts)
    for answer in assign(subjects, teams, b"key", Loads()):
        chosen = [answer.expert.account] if answer.expert else []
        assert answer.reason
        assert sorted([*chosen, *(account for accounts in answer.refusals.values() for account in accounts)]) == experts


@given(subjects, teams, st.randoms(use_true_random=False))
def test_the_same_round_is_always_assigned_the_same(subjects: list[Subject], teams: list[Team], random: Random) -> None:
    shuffled = random.sample(subjects, len(subjects))
    assert assign(shuffled, teams, b"key", Loads()) == assign(subjects, teams, b"key", Loads())


@given(st.integers(1, 200), st.integers(1, 6))
def test_without_conflicts_no_team_has_two_hazards_more_than_another(hazards: int, teams: int) -> None:
    loads = Loads()
    assign([subject(it) for it in range(hazards)], [team(it) for it in range(1, teams + 1)], b"key", loads)
    counts = [loads.teams[it] for it in range(1, teams + 1)]
    assert max(counts) - min(counts) <= 1


def test_what_people_have_already_counts() -> None:
    busy = Loads(Counter({1: 5}), Counter({"t1e0": 5}))
    answers = assign([subject(it) for it in range(5)], [team(1), team(2)], b"key", busy)
    assert {it.team.id for it in answers if it.team} == {2}


def test_a_team_from_the_hazard_s_city_is_not_sent_even_with_an_expert_from_elsewhere() -> None:
    answer = one(subject(1, "4103"), team(1, city="4103"))
    assert answer.team is None
    assert answer.reason == "专长城镇燃气的专家均不能派：所在抽查组可参加人员不足1名"


def test_someone_whom_the_unit_employs_withdraws() -> None:
    answer = one(subject(1, unit=2001), team(1))
    assert answer.refusals["own_unit"] == ["t1e0"]


def test_a_team_goes_without_the_one_member_who_must_withdraw() -> None:
    others = team(1)
    local = Member("local", "王", "4199", 3000)
    mixed = Team(1, others.name, (*others.inspectors, local), others.experts)
    answer = one(subject(1, "4199"), mixed)
    assert answer.team == mixed
    assert answer.withdrawn == ("local",)


def test_a_sector_without_any_expert_is_named() -> None:
    answer = one(subject(1, sector=Sector.COAL_MINES), team(1, sectors=(Sector.TOWN_GAS,)))
    assert (answer.team, answer.reason) == (None, "各抽查组均无专长煤矿的专家")


def test_five_thousand_hazards_are_assigned_in_a_couple_of_seconds() -> None:
    many = [subject(it, CITIES[it % 18], SECTORS[it % 10], it % 700) for it in range(5000)]
    started = time.perf_counter()
    answers = assign(many, [team(it) for it in range(18)], b"key", Loads())
    assert time.perf_counter() - started < 5
    assert all(it.team for it in answers)


def test_whoever_had_a_hand_in_a_hazard_is_not_sent_to_it_again() -> None:
    teams = [team(3), team(4)]
    before = one(subject(1), *teams)
    assert before.expert is not None
    again = one(replace(subject(1), took_part=frozenset({before.expert.account})), *teams)
    assert again.expert not in (None, before.expert)
    assert again.refusals["took_part"] == [before.expert.account]


def test_a_team_whose_leader_had_a_hand_in_a_hazard_withdraws() -> None:
    answer = one(replace(subject(1), took_part=frozenset({"t3m0"})), team(3))
    assert answer.team is None
    assert "team_withdraws" in answer.refusals
