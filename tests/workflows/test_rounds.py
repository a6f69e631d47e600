"""Rounds of the spot-check, from plan to end, through the real engine."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from engine import jobs
from engine.storage.models import Job, JobKind, OutboxEvent
from tests.workflows.play import Play
from tests.workflows.rounds import OFFICE, Rounds
from workflows.errors import InvalidRecord, Refused, WrongStage
from workflows.hazards.models import Hazard
from workflows.hazards.stages import move as move_hazard
from workflows.hazards.words import Severity, Stage
from workflows.organisations.models import Person
from workflows.spot_check.ending import end_round, verdicts_of
from workflows.spot_check.models import FrameRow, RoundChange, RoundStatus, SpotCheckRound
from workflows.spot_check.parameters import DrawParameters
from workflows.spot_check.proof import verify_draw
from workflows.spot_check.revealing import proof_of
from workflows.spot_check.rounds import RoundPlan, plan_round, round_of


@pytest.fixture
def rounds(play: Play) -> Rounds:
    return Rounds(play)


def told(rounds: Rounds, event: str) -> list[dict[str, Any]]:
    with rounds.play.runtime.reading() as uow:
        return list(uow.session.scalars(select(OutboxEvent.data).where(OutboxEvent.type == f"spot_check.{event}")))


def proof(rounds: Rounds) -> dict[str, Any]:
    with rounds.play.runtime.reading() as uow:
        return json.loads(json.dumps(proof_of(uow.session, round_of(uow.session, rounds.id))))


def change_people(rounds: Rounds, **values: Any) -> None:
    with rounds.play.runtime.unit_of_work() as uow:
        uow.session.execute(update(Person).values(**values))


def test_a_round_goes_from_plan_to_end_and_each_step_is_on_record(rounds: Rounds) -> None:
    rounds.wait_for_draw(3)
    for drawn in rounds.hold(2):
        rounds.inspect(drawn)
    rounds.end()
    with rounds.play.runtime.reading() as uow:
        changes = uow.session.scalars(select(RoundChange).order_by(RoundChange.id)).all()
    assert [it.after for it in changes] == list(RoundStatus)
    assert all(told(rounds, f"round_{status.value}") for status in RoundStatus)
    assert told(rounds, "round_ended")[0]["verdicts"] == {"genuine": 2}


@pytest.mark.parametrize("act", [Rounds.draw, Rounds.assign, Rounds.end])
def test_no_step_can_be_skipped(rounds: Rounds, act: Callable[[Rounds], Any]) -> None:
    rounds.plan(1)
    with pytest.raises(WrongStage, match="is planned"):
        act(rounds)


def test_a_list_is_frozen_and_drawn_once_only(rounds: Rounds) -> None:
    rounds.wait_for_draw(2)
    rounds.hold(1)
    for act in (rounds.commit, rounds.draw):
        with pytest.raises(WrongStage):
            act()


def test_before_the_draw_only_hashes_are_published(rounds: Rounds) -> None:
    rounds.wait_for_draw(2)
    rounds.plan(1)
    commitment = rounds.commit()
    published = told(rounds, "round_committed")[0]
    seed = rounds_seed(rounds)
    assert published["seed_hash"] == commitment.seed_hash
    assert seed.hex() not in json.dumps(published)
    assert published["candidates"] == 2
    with pytest.raises(WrongStage):
        proof(rounds)


def rounds_seed(rounds: Rounds) -> bytes:
    with rounds.play.runtime.reading() as uow:
        seed = uow.session.scalar(select(SpotCheckRound.seed).where(SpotCheckRound.id == rounds.id))
    assert seed is not None
    return seed


def test_anyone_can_check_the_published_proof(rounds: Rounds) -> None:
    rounds.wait_for_draw(4)
    rounds.hold(2)
    published = proof(rounds)
    assert verify_draw(published) == []
    assert {key: published["commitment"][key] for key in ("seed_hash", "frame_hash")} == {
        key: told(rounds, "round_committed")[0][key] for key in ("seed_hash", "frame_hash")
    }


def test_a_frozen_list_that_somebody_changed_cannot_be_drawn(rounds: Rounds) -> None:
    rounds.wait_for_draw(2)
    rounds.plan(1)
    rounds.commit()
    with rounds.play.runtime.unit_of_work() as uow:
        uow.session.execute(update(FrameRow).values(severity=Severity.MAJOR.value))
    with pytest.raises(Refused, match="no longer what was promised"):
        rounds.draw()


@pytest.mark.parametrize("missing", [{"words": "  "}, {"witnesses": []}])
def test_a_draw_needs_witnesses_and_their_words(rounds: Rounds, missing: dict[str, Any]) -> None:
    rounds.wait_for_draw()
    rounds.plan(1)
    rounds.commit()
    with pytest.raises(InvalidRecord):
        rounds.draw(**missing)


def test_a_round_without_candidates_is_refused(rounds: Rounds) -> None:
    rounds.plan(1)
    with pytest.raises(Refused, match="no hazard to draw from"):
        rounds.commit()


def test_hazards_on_the_list_of_a_round_under_way_are_left_to_it(rounds: Rounds) -> None:
    rounds.wait_for_draw(2)
    rounds.plan(1)
    rounds.commit()
    rounds.plan(1)
    with pytest.raises(Refused, match="no hazard to draw from"):
        rounds.commit()


def test_a_unit_that_was_spot_checked_lately_is_left_in_peace_for_a_while(rounds: Rounds) -> None:
    rounds.wait_for_draw()
    rounds.inspect(rounds.hold(1)[0])
    rounds.end()
    rounds.wait_for_draw()
    rounds.plan(1, exclusion_days=30)
    with pytest.raises(Refused, match="no hazard to draw from"):
        rounds.commit()
    rounds.play.pass_time(days=31)
    assert rounds.commit().candidates == 1


def test_a_round_cannot_end_before_every_drawn_hazard_was_inspected(rounds: Rounds) -> None:
    rounds.wait_for_draw(3)
    drawn = rounds.hold(3)
    rounds.inspect(drawn[0])
    with pytest.raises(Refused, match="2 drawn hazards that are not inspected yet, 0 of them without"):
        rounds.end()


def test_hazards_nobody_may_look_at_are_named_with_the_reason_and_taken_up_later(rounds: Rounds) -> None:
    number = rounds.wait_for_draw()[0]
    change_people(rounds, specialities=["coal_mines"])
    rounds.plan(1)
    rounds.commit()
    rounds.draw()
    sending = rounds.assign()
    assert sending.unassigned == {number: "各抽查组均无专长城镇燃气的专家"}
    assert told(rounds, "round_assigned")[0]["unassigned"] == sending.unassigned
    with pytest.raises(Refused, match="1 of them without a team"):
        rounds.end()
    change_people(rounds, specialities=["town_gas"])
    assert rounds.assign().assigned == 1
    assert rounds.play.waits_at() == ["expert_opinion_spot"]


def test_nobody_is_sent_to_their_own_city(rounds: Rounds) -> None:
    rounds.wait_for_draw(4)
    city = rounds.play.hazard().region_path[:9]
    for drawn in rounds.hold(4):
        with rounds.play.runtime.reading() as uow:
            expert = uow.session.scalars(select(Person).where(Person.account == drawn.expert)).one()
            assert not expert.organisation.region_path.startswith(city)
            assert "town_gas" in expert.specialities
        assert drawn.reason
        assert drawn.refusals["own_area"]


def test_a_hazard_that_moved_on_after_the_draw_is_inspected_once_it_is_closed(rounds: Rounds) -> None:
    rounds.wait_for_draw()
    rounds.plan(1)
    rounds.commit()
    rounds.draw()
    rounds.play.pass_time(days=85)
    assert "销号审批" in next(iter(rounds.assign().unassigned.values()))
    rounds.play.act("xiaohao", "approve_closure", decision="approve")
    assert rounds.assign().assigned == 1
    assert rounds.play.instance("closed_spot_check").business_key == rounds.play.number


def test_a_voided_hazard_holds_no_round_open(rounds: Rounds) -> None:
    rounds.wait_for_draw()
    rounds.hold(1)
    with rounds.play.runtime.unit_of_work() as uow:
        hazard = uow.session.scalars(select(Hazard)).one()
        move_hazard(uow, hazard, Stage.VOIDED, by=OFFICE, reason="误报")
    assert rounds.end() == 0


def test_ending_a_round_leaves_the_releases_to_the_sweeps(rounds: Rounds) -> None:
    rounds.wait_for_draw(3)
    rounds.inspect(rounds.hold(1)[0])
    with rounds.play.runtime.unit_of_work() as uow:
        end_round(uow, round_of(uow.session, rounds.id), by=OFFICE)
    with rounds.play.runtime.reading() as uow:
        queued = uow.session.scalars(select(Job).where(Job.kind == JobKind.EVENT)).all()
        assert verdicts_of(uow.session, rounds.id) == {"genuine": 1}
    assert {it.payload["name"] for it in queued} == {"not_sampled"}
    assert (len(queued), jobs.drain(rounds.play.runtime)) == (2, 2)


def test_a_plan_that_makes_no_sense_is_refused_by_field(rounds: Rounds) -> None:
    nonsense = DrawParameters(sample_size=0, minimum_per_stratum=-1, weights={"general": 0})
    with rounds.play.runtime.unit_of_work() as uow, pytest.raises(InvalidRecord) as refused:
        plan_round(uow, RoundPlan(campaign_id=1, name="x", parameters=nonsense), by=OFFICE)
    assert set(refused.value.errors) == {"sample_size", "minimum_per_stratum", "weights"}
