"""Stages: every legal move stands in one table, and every move is on record and told."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import product

import pytest

from tests.workflows.play import Play
from workflows.errors import WrongStage
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard, StageChange
from workflows.hazards.stages import WAYS, ensure_can_move, is_return, move
from workflows.hazards.words import Stage


def test_every_stage_has_its_line_in_the_table() -> None:
    assert WAYS.keys() == set(Stage)


@pytest.mark.parametrize("ended", [Stage.CLOSED, Stage.VOIDED])
def test_an_ended_hazard_goes_nowhere(ended: Stage) -> None:
    assert WAYS[ended] == frozenset()


@pytest.mark.parametrize(("before", "after"), list(product(Stage, Stage)))
def test_only_the_tables_ways_can_be_gone(before: Stage, after: Stage) -> None:
    hazard = Hazard(number="豫回2022-410105-000001", stage=before)
    with nullcontext() if after in WAYS[before] else pytest.raises(WrongStage, match=before.value):
        ensure_can_move(hazard, after)


def test_a_move_is_on_record_and_told(play: Play) -> None:
    play.register()
    with play.runtime.unit_of_work() as uow:
        move(uow, hazard_of(uow.session, play.number), Stage.SPECIAL_INSPECTION, by="danwei", reason="已自查")
    change = play.rows(StageChange)[-1]
    assert (change.before, change.after, change.by) == (Stage.SELF_CHECK, Stage.SPECIAL_INSPECTION, "danwei")
    assert play.told("hazard.stage_changed")[-1] == {
        "hazard": play.number,
        "from": "self_check",
        "to": "special_inspection",
        "reason": "已自查",
    }


def test_being_there_already_changes_nothing(play: Play) -> None:
    play.register()
    with play.runtime.unit_of_work() as uow:
        move(uow, hazard_of(uow.session, play.number), Stage.SELF_CHECK, by="anweiban")
    assert len(play.rows(StageChange)) == 1


@pytest.mark.parametrize("stage", [Stage.SPECIAL_INSPECTION, Stage.SPOT_CHECK, Stage.CLOSURE])
def test_the_ways_back_to_self_check_are_returns(stage: Stage) -> None:
    assert is_return(stage, Stage.SELF_CHECK)
    assert not is_return(Stage.SELF_CHECK, stage)
    assert not is_return(stage, Stage.VOIDED)
