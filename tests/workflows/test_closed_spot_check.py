"""Looking back at a hazard that is closed already."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from engine.storage.models import InstanceStatus
from tests.workflows.play import APPROVE, Play
from tests.workflows.rounds import Rounds
from workflows.campaigns.content_areas import Source
from workflows.hazards.models import Hazard, Verification
from workflows.hazards.words import Origin, Stage, Verdict
from workflows.spot_check.models import SampledHazard

SINCE = date(2022, 11, 1)


@pytest.fixture
def rounds(play: Play) -> Rounds:
    """A hazard has been closed; nothing else waits."""
    rounds = Rounds(play)
    rounds.wait_for_draw()
    rounds.inspect(rounds.hold(1)[0])
    play.act("xiaohao", "approve_closure", **APPROVE)
    rounds.end()
    return rounds


def drawn_again(rounds: Rounds) -> SampledHazard:
    return rounds.hold(1, closed_since=SINCE)[0]


def next_row(play: Play) -> Hazard:
    with play.runtime.reading() as uow:
        return uow.session.scalars(select(Hazard).where(Hazard.previous_id == play.hazard().id)).one()


def test_a_closed_hazard_that_is_drawn_is_looked_at_in_a_process_of_its_own(rounds: Rounds, play: Play) -> None:
    drawn = drawn_again(rounds)
    assert drawn.instance_id == play.instance("closed_spot_check").id
    assert play.waits_at() == ["expert_opinion_spot"]
    assert play.hazard().stage is Stage.CLOSED


def test_a_genuine_closure_is_recorded_and_nothing_else_happens(rounds: Rounds, play: Play) -> None:
    rounds.inspect(drawn_again(rounds))
    assert play.status("closed_spot_check") is InstanceStatus.COMPLETED
    assert [it.verdict for it in play.rows(Verification)][-1] is Verdict.GENUINE
    assert rounds.sampled()[0].next_id is None


@pytest.mark.parametrize(
    ("verdict", "origin"),
    [
        (Verdict.RELAPSED, Origin.RELAPSED),
        (Verdict.FALSE_RECTIFICATION, Origin.CARRIED_OVER),
        (Verdict.NOT_RECTIFIED, Origin.CARRIED_OVER),
    ],
)
def test_anything_else_becomes_a_new_row_linked_to_the_old_one(
    rounds: Rounds, play: Play, verdict: Verdict, origin: Origin
) -> None:
    rounds.inspect(drawn_again(rounds), verdict=verdict.value, opinion="软管又换回旧的")
    new = next_row(play)
    assert (new.origin, new.source, new.stage) == (origin, Source.SPOT_CHECK, Stage.SELF_CHECK)
    assert (new.description, new.previous_number, new.claimed_result) == ("软管又换回旧的", play.number, verdict.label)
    assert rounds.sampled()[0].next_id == new.id


def test_the_closed_row_stays_as_it_was(rounds: Rounds, play: Play) -> None:
    before = play.hazard()
    rounds.inspect(drawn_again(rounds), verdict="relapsed", opinion="软管又换回旧的")
    after = play.hazard()
    columns = [column.key for column in Hazard.__table__.columns]
    assert [getattr(after, name) for name in columns] == [getattr(before, name) for name in columns]


def test_without_a_date_closed_hazards_are_not_drawn(rounds: Rounds, play: Play) -> None:
    rounds.wait_for_draw()
    waiting = play.number
    assert [it.number for it in rounds.hold(5)] == [waiting]


def test_who_is_late_is_reminded_while_the_task_stays(rounds: Rounds, play: Play) -> None:
    drawn_again(rounds)
    assert play.pass_time(days=30) > 0
    assert (play.waits_at(), play.incidents()) == (["expert_opinion_spot"], [])
