"""The main process: a hazard goes through all stages, every stage can send it back, and nothing is lost on the way."""

from __future__ import annotations

import pytest

from engine import instances
from engine.errors import WrongState
from engine.storage.models import InstanceStatus
from tests.workflows.play import AGREE, APPROVE, CONFIRM, PLAN, RECTIFICATION, Play
from tests.workflows.rounds import Rounds
from workflows.hazards.models import StageChange
from workflows.hazards.words import Stage

RETURN = {"result": "return", "opinion": "报警器未安装"}


def test_a_hazard_goes_through_all_stages(play: Play) -> None:
    play.register()
    play.reach_closure()
    play.act("xiaohao", "approve_closure", **APPROVE)
    assert [change.after for change in play.rows(StageChange)] == [
        Stage.SELF_CHECK,
        Stage.SPECIAL_INSPECTION,
        Stage.SPOT_CHECK,
        Stage.CLOSURE,
        Stage.CLOSED,
    ]
    assert (play.hazard().returns, play.status()) == (0, InstanceStatus.COMPLETED)


def test_each_return_counts_and_the_time_limit_stays(play: Play) -> None:
    play.register()
    play.self_check()
    due_at = play.hazard().due_at
    for _ in range(3):
        play.act("jiancha1", "verify_on_site", **RETURN)
        play.act("jiancha2", "countersign", **AGREE)
        play.rectify()
    assert (play.hazard().returns, play.hazard().due_at) == (3, due_at)
    assert {change.reason for change in play.rows(StageChange) if change.after is Stage.SELF_CHECK} == {
        "",
        "报警器未安装",
    }


def test_a_hazard_returned_after_its_time_limit_is_simply_late(play: Play) -> None:
    play.register()
    play.self_check()
    play.pass_time(days=40)
    play.act("jiancha1", "verify_on_site", **RETURN)
    play.act("jiancha2", "countersign", **AGREE)
    assert play.task("rectify").due_at == play.hazard().due_at
    play.rectify()
    assert "verify_on_site" in play.waits_at()


def test_a_hazard_reopened_by_the_spot_check_is_proposed_for_listed_supervision(play: Play) -> None:
    rounds = Rounds(play)
    rounds.wait_for_draw()
    [sampled] = rounds.hold(1)
    rounds.inspect(sampled, verdict="not_rectified", opinion="软管未更换")
    assert play.incidents() == []
    assert (play.hazard().stage, play.hazard().returns) == (Stage.SELF_CHECK, 1)
    assert play.status("listed_supervision") is InstanceStatus.RUNNING
    assert "rectify" in play.waits_at()


def test_a_hazard_is_stopped_and_resumed_at_every_rest(play: Play) -> None:
    play.register()
    acts = [
        ("zeren", "confirm_hazard", CONFIRM),
        ("zeren", "make_plan", PLAN),
        ("zeren", "rectify", RECTIFICATION),
        ("danwei", "confirm_by_leader", AGREE),
    ]
    for account, element_id, form in acts:
        with play.runtime.unit_of_work() as uow:
            instances.suspend(uow, play.instance().id, reason="核实", by="guanli")
        with pytest.raises(WrongState):
            play.act(account, element_id, **form)
        with play.runtime.unit_of_work() as uow:
            instances.resume(uow, play.instance().id, by="guanli")
        play.act(account, element_id, **form)
    assert play.hazard().stage is Stage.SPECIAL_INSPECTION


def test_time_while_it_stood_still_does_not_count(play: Play) -> None:
    play.register()
    due_at = play.task("confirm_hazard").due_at
    with play.runtime.unit_of_work() as uow:
        instances.suspend(uow, play.instance().id, reason="核实", by="guanli")
    play.pass_time(days=30)
    with play.runtime.unit_of_work() as uow:
        instances.resume(uow, play.instance().id, by="guanli")
    later = play.task("confirm_hazard").due_at
    assert due_at is not None
    assert later is not None
    assert (later - due_at).days == 30


def test_the_same_completion_twice_acts_once(play: Play) -> None:
    play.register()
    task = play.task("confirm_hazard")
    first = play.act("zeren", "confirm_hazard", idempotency_key="k", **CONFIRM)
    again = play.repeat("zeren", task.id, idempotency_key="k", **CONFIRM)
    assert (first.id, play.waits_at()) == (again.id, ["make_plan"])


def test_the_same_message_twice_moves_once(play: Play) -> None:
    play.register()
    play.self_check()
    play.pass_inspection()
    for _ in range(2):
        play.miss_the_draw(idempotency_key="round-1")
    assert play.waits_at() == ["approve_closure"]
