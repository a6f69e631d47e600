"""Another team or expert by hand: within the rules, for a reason, and the open task goes with it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from engine import jobs
from engine.errors import ConcurrentChange
from tests.workflows.play import Play
from tests.workflows.rounds import FOUND, OFFICE, OPINION, Rounds
from workflows.errors import InvalidRecord, Refused
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage
from workflows.spot_check.models import RoundAct, RoundChange, SampledHazard
from workflows.spot_check.placing import HandPlacement, Seat, place_by_hand, seat_of, seats_for
from workflows.spot_check.progress import Inspection, with_tasks
from workflows.spot_check.rounds import round_of


@pytest.fixture
def rounds(play: Play) -> Rounds:
    return Rounds(play)


def inspection(rounds: Rounds, uow: Any, drawn: SampledHazard) -> Inspection:
    rows = [(uow.session.get_one(SampledHazard, drawn.id), uow.session.get_one(Hazard, drawn.hazard_id))]
    return with_tasks(uow.session, rows)[0]


def other_seat(rounds: Rounds, drawn: SampledHazard, *, allowed: bool = True) -> Seat:
    with rounds.play.runtime.reading() as uow:
        seats = seats_for(uow.session, round_of(uow.session, rounds.id), inspection(rounds, uow, drawn))
    others = [seat for seat in seats if seat.team.id != drawn.team_id]
    return next(seat for seat in others if (seat.refusal is None) is allowed)


def place(
    rounds: Rounds, drawn: SampledHazard, seat: str, reason: str = "专家因病不能参加", seen: str | None = None
) -> None:
    with rounds.play.runtime.unit_of_work() as uow:
        it = inspection(rounds, uow, drawn)
        asked = HandPlacement(seat=seat, reason=reason, seen=seat_of(it) if seen is None else seen)
        place_by_hand(uow, round_of(uow.session, rounds.id), it, asked, by=OFFICE)
    jobs.drain(rounds.play.runtime)


def test_another_expert_is_offered_the_open_task(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    before = play.task("expert_opinion_spot")
    seat = other_seat(rounds, drawn)
    place(rounds, drawn, seat.key)
    [now] = rounds.sampled()
    assert (now.expert, now.team_id, now.by_hand, now.reason) == (
        seat.expert.account,
        seat.team.id,
        True,
        "专家因病不能参加",
    )
    assert play.waits_at() == ["expert_opinion_spot"]
    assert play.task("expert_opinion_spot").id != before.id
    rounds.inspect(now)
    assert play.hazard().stage is Stage.CLOSURE


def test_once_the_opinion_is_given_it_stands_and_only_the_team_changes(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    play.act(drawn.expert or "", "expert_opinion_spot", **OPINION)
    seat = other_seat(rounds, drawn)
    place(rounds, drawn, seat.key)
    [now] = rounds.sampled()
    assert (now.expert, now.team_id) == (drawn.expert, seat.team.id)
    assert play.waits_at() == ["team_inspection"]
    play.act(rounds.leader(now), "team_inspection", **FOUND)
    assert play.hazard().stage is Stage.CLOSURE


def test_a_closed_hazard_is_given_to_others_too(rounds: Rounds, play: Play) -> None:
    play.register()
    play.reach_closure()
    play.act("xiaohao", "approve_closure", decision="approve")
    drawn = rounds.hold(1, closed_since=play.clock.now().date())[0]
    place(rounds, drawn, other_seat(rounds, drawn).key)
    [now] = rounds.sampled()
    rounds.inspect(now)
    assert rounds.sampled()[0].verdict is not None


def test_nobody_goes_whom_a_rule_keeps_away(rounds: Rounds) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    with pytest.raises(InvalidRecord) as refused:
        place(rounds, drawn, other_seat(rounds, drawn, allowed=False).key)
    assert set(refused.value.errors) == {"seat"}


@pytest.mark.parametrize(("seat", "reason", "wrong"), [("0:nobody", "有理由", "seat"), (None, " ", "reason")])
def test_a_choice_and_a_reason_are_needed(rounds: Rounds, seat: str | None, reason: str, wrong: str) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    with pytest.raises(InvalidRecord) as refused:
        place(rounds, drawn, seat or other_seat(rounds, drawn).key, reason)
    assert set(refused.value.errors) == {wrong}


def test_whoever_looked_at_an_older_state_is_told_so(rounds: Rounds) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    with pytest.raises(ConcurrentChange):
        place(rounds, drawn, other_seat(rounds, drawn).key, seen="7:somebody")


def test_what_was_inspected_is_not_given_away(rounds: Rounds) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    seat = other_seat(rounds, drawn)
    rounds.inspect(drawn)
    with pytest.raises(Refused):
        place(rounds, drawn, seat.key)


def test_the_change_is_on_record_with_its_reason(rounds: Rounds) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    place(rounds, drawn, other_seat(rounds, drawn).key)
    with rounds.play.runtime.reading() as uow:
        written = uow.session.scalars(select(RoundChange).where(RoundChange.act == RoundAct.REASSIGNED)).one()
    assert (written.by, written.reason) == (OFFICE, "专家因病不能参加")
    assert written.facts["before"]["expert"] == drawn.expert
