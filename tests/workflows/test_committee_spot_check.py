"""The spot-check of a hazard that waits for the draw: sampled, not sampled, or the campaign's end."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import EngineError
from tests.workflows.play import Play
from tests.workflows.rounds import FOUND, OPINION, Rounds
from workflows.hazards.models import Evidence, Verification
from workflows.hazards.words import Stage, Verdict


@pytest.fixture
def rounds(play: Play) -> Rounds:
    return Rounds(play)


def test_a_hazard_that_passed_its_inspection_waits_for_the_draw_without_a_task(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    assert (play.hazard().stage, play.waits_at()) == (Stage.SPOT_CHECK, [])


def test_a_sampled_hazard_goes_to_its_expert_and_then_to_its_team(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    assert play.waits_at() == ["expert_opinion_spot"]
    play.act(drawn.expert or "", "expert_opinion_spot", **OPINION)
    assert play.waits_at() == ["team_inspection"]
    assert play.task("team_inspection").due_at is not None


def test_a_genuine_rectification_goes_on_to_closure_with_the_verdict_on_record(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    rounds.inspect(drawn)
    found: Verification = play.rows(Verification)[-1]
    assert (found.stage, found.passed, found.verdict) == (Stage.SPOT_CHECK, True, Verdict.GENUINE)
    assert found.expert == drawn.expert
    assert found.verifiers == [rounds.leader(drawn), "张三"]
    assert play.rows(Evidence)[-1].reference == "photo"
    assert play.hazard().stage is Stage.CLOSURE
    assert play.waits_at() == ["approve_closure"]


@pytest.mark.parametrize("verdict", [Verdict.NOT_RECTIFIED, Verdict.FALSE_RECTIFICATION, Verdict.RELAPSED])
def test_any_other_verdict_sends_the_hazard_back_with_the_reason(rounds: Rounds, play: Play, verdict: Verdict) -> None:
    rounds.wait_for_draw()
    rounds.inspect(rounds.hold(1)[0], verdict=verdict.value, opinion="软管仍是旧的")
    hazard = play.hazard()
    assert (hazard.stage, hazard.verdict, hazard.returns) == (Stage.SELF_CHECK, verdict, 1)
    assert "软管仍是旧的" in play.told("hazard.stage_changed")[-1]["reason"]


def test_those_who_looked_at_it_take_no_part_in_its_closure(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    rounds.inspect(drawn)
    assert {drawn.expert, rounds.leader(drawn)} <= set(play.task("approve_closure").excluded)


def test_a_hazard_that_was_sent_back_and_drawn_again_goes_to_other_people(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    first = rounds.hold(1)[0]
    rounds.inspect(first, verdict="not_rectified")
    rounds.end()
    play.rectify()
    play.pass_inspection()
    again = rounds.hold(1)[0]
    assert first.expert in again.refusals["took_part"]
    assert rounds.leader(first) != rounds.leader(again)
    rounds.inspect(again)
    assert play.hazard().stage is Stage.CLOSURE


def test_a_hazard_of_the_list_that_was_not_drawn_goes_on_when_the_round_ends(rounds: Rounds, play: Play) -> None:
    numbers = rounds.wait_for_draw(3)
    drawn = rounds.hold(1)[0]
    rounds.inspect(drawn)
    assert rounds.end() == 2
    assert {play.hazard(number).stage for number in numbers} == {Stage.CLOSURE}


def test_a_hazard_that_came_after_the_list_was_frozen_waits_for_the_next_round(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    late = rounds.wait_for_draw()[0]
    rounds.inspect(drawn)
    assert rounds.end() == 0
    assert play.hazard(late).stage is Stage.SPOT_CHECK


def test_the_end_of_the_campaign_lets_a_waiting_hazard_go_on(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    play.pass_time(days=84, hours=8, minutes=59)
    assert play.hazard().stage is Stage.SPOT_CHECK
    play.pass_time(minutes=1)
    assert play.hazard().stage is Stage.CLOSURE


def test_the_unit_s_own_people_and_withdrawn_members_may_not_inspect(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    play.act(drawn.expert or "", "expert_opinion_spot", **OPINION)
    excluded = play.task("team_inspection").excluded
    assert {"zeren", "jiancha1", "jiancha2"} <= set(excluded)
    with pytest.raises(EngineError):
        play.act("jiancha1", "team_inspection", **FOUND)


@pytest.mark.parametrize("missing", ["verdict", "companions", "opinion"])
def test_an_inspection_without_its_essentials_is_refused(rounds: Rounds, play: Play, missing: str) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    with pytest.raises(EngineError):
        rounds.inspect(drawn, **{missing: ""})
    assert play.waits_at() == ["team_inspection"]


def test_who_is_late_is_reminded_while_the_task_stays(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    rounds.hold(1)
    assert play.pass_time(days=30) > 0
    assert play.waits_at() == ["expert_opinion_spot"]
    assert play.incidents() == []


def test_the_same_sampling_told_twice_makes_one_inspection(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    rounds.hold(1)
    rounds.assign()
    assert play.waits_at() == ["expert_opinion_spot"]


def test_an_inspection_interrupted_anywhere_goes_on_where_it_stood(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    drawn = rounds.hold(1)[0]
    play.act(drawn.expert or "", "expert_opinion_spot", **OPINION)
    again: Any = Rounds(Play(play.runtime, play.clock, number=drawn.number), id=rounds.id)
    again.play.act(rounds.leader(drawn), "team_inspection", **FOUND)
    assert play.hazard().stage is Stage.CLOSURE
