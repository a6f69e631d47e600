"""A team's itinerary: laid out over working days, changed by hand, safe for two people at once."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from engine.errors import ConcurrentChange
from tests.workflows.play import Play
from tests.workflows.rounds import OFFICE, Rounds
from workflows.calendar import WorkingCalendar
from workflows.errors import InvalidRecord
from workflows.spot_check.itineraries import Wish, itinerary_of, lay_out, rearrange, stops_of
from workflows.spot_check.models import SampledHazard
from workflows.spot_check.rounds import round_of

FRIDAY, MONDAY = date(2022, 11, 11), date(2022, 11, 14)


@pytest.fixture
def rounds(play: Play) -> Rounds:
    rounds = Rounds(play)
    rounds.wait_for_draw(5)
    rounds.hold(5)
    return rounds


@pytest.fixture
def team(rounds: Rounds) -> int:
    """The team to which all hazards are given for the test."""
    with rounds.play.runtime.unit_of_work() as uow:
        drawn = list(uow.session.query(SampledHazard))
        for each in drawn:
            each.team_id = drawn[0].team_id
        return drawn[0].team_id or 0


def lay(rounds: Rounds, team: int, first_day: date | None, per_day: int | None, version: int | None = None) -> None:
    with rounds.play.runtime.unit_of_work() as uow:
        it = round_of(uow.session, rounds.id)
        lay_out(
            uow, it, team, first_day=first_day, per_day=per_day, calendar=WorkingCalendar(), by=OFFICE,
            expected_version=version,
        )  # fmt: skip


def plan(rounds: Rounds, team: int) -> list[tuple[date | None, int | None, str]]:
    with rounds.play.runtime.reading() as uow:
        stops = stops_of(uow.session, round_of(uow.session, rounds.id), team)
        return [(stop.sampled.visit_on, stop.sampled.visit_place, stop.sampled.number) for stop in stops]


def test_hazards_are_spread_over_the_working_days_as_many_a_day_as_wanted(rounds: Rounds, team: int) -> None:
    lay(rounds, team, FRIDAY, 2)
    days = Counter(day for day, _, _ in plan(rounds, team))
    assert days == {FRIDAY: 2, MONDAY: 2, date(2022, 11, 15): 1}


def test_what_was_inspected_stays_where_it_was(rounds: Rounds, team: int) -> None:
    lay(rounds, team, FRIDAY, 2)
    with rounds.play.runtime.unit_of_work() as uow:
        stops_of(uow.session, round_of(uow.session, rounds.id), team)[0].sampled.inspected_at = uow.now
    lay(rounds, team, MONDAY, 4)
    assert [day for day, _, _ in plan(rounds, team)] == [FRIDAY, *[MONDAY] * 4]


@pytest.mark.parametrize(
    ("day", "most", "wrong"),
    [(None, 2, "first_day"), (date(2022, 11, 1), 2, "first_day"), (FRIDAY, 0, "per_day"), (FRIDAY, None, "per_day")],
)
def test_a_first_day_and_a_capacity_are_needed(
    rounds: Rounds, team: int, day: date | None, most: int | None, wrong: str
) -> None:
    with pytest.raises(InvalidRecord) as refused:
        lay(rounds, team, day, most)
    assert set(refused.value.errors) == {wrong}


def test_the_order_is_changed_by_hand_and_counted_anew(rounds: Rounds, team: int) -> None:
    lay(rounds, team, FRIDAY, 5)
    first, second, *_ = rounds.sampled()
    with rounds.play.runtime.unit_of_work() as uow:
        wishes = {first.id: Wish(MONDAY, 1), second.id: Wish(FRIDAY, 9)}
        rearrange(uow, round_of(uow.session, rounds.id), team, wishes, by=OFFICE, expected_version=1)
    arranged = plan(rounds, team)
    assert arranged[-1] == (MONDAY, 1, first.number)
    assert arranged[3] == (FRIDAY, 4, second.number)


def test_two_people_do_not_overwrite_each_other(rounds: Rounds, team: int) -> None:
    lay(rounds, team, FRIDAY, 2, version=0)
    with pytest.raises(ConcurrentChange):
        lay(rounds, team, MONDAY, 3, version=0)
    with rounds.play.runtime.reading() as uow:
        kept = itinerary_of(uow.session, round_of(uow.session, rounds.id), team)
    assert kept is not None
    assert (kept.first_day, kept.per_day) == (FRIDAY, 2)


def test_a_hazard_of_another_team_is_not_moved(rounds: Rounds, team: int) -> None:
    with pytest.raises(InvalidRecord), rounds.play.runtime.unit_of_work() as uow:
        rearrange(uow, round_of(uow.session, rounds.id), team, {0: Wish(FRIDAY, 1)}, by=OFFICE)
