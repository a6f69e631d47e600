"""Special inspection: two inspectors verify on site; who rectified never re-checks; a verdict has consequences."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import NotPermitted
from engine.storage.models import InstanceStatus
from tests.workflows.play import (
    AGREE,
    CARRIED_OVER,
    CONFIRM,
    EXPERT,
    MAJOR,
    MAJOR_PLAN,
    PASS,
    PLAN,
    PROOF,
    RECTIFICATION,
    Play,
)
from workflows.errors import InvalidRecord
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Evidence, ProgressNote, Verification
from workflows.hazards.words import EvidenceKind, Origin, Stage, Verdict

RETURN: dict[str, Any] = {"result": "return", "opinion": "报警器未安装"}


@pytest.fixture
def inspected(play: Play) -> Play:
    """A general hazard that was put right and waits for the inspectors."""
    play.register()
    play.self_check()
    return play


@pytest.fixture
def claimed(play: Play) -> Play:
    """A hazard that an earlier ledger claims to be done, confirmed by its unit as such."""
    play.register(**CARRIED_OVER)
    play.act("zeren", "confirm_hazard", state="rectified", **PROOF)
    play.act("danwei", "confirm_by_leader", **AGREE)
    return play


def test_two_inspectors_pass_a_hazard_under_a_numbered_opinion(inspected: Play) -> None:
    inspected.pass_inspection()
    [verification] = inspected.rows(Verification)
    assert (verification.passed, verification.verifiers) == (True, ["jiancha1", "jiancha2"])
    assert verification.document == "（金水区）城镇燃气复查〔2022〕1号"
    assert inspected.hazard().documents == [verification.document]
    assert inspected.hazard().stage is Stage.SPOT_CHECK
    assert EvidenceKind.ON_SITE in {it.kind for it in inspected.rows(Evidence)}


def test_the_second_inspector_is_another_one(inspected: Play) -> None:
    inspected.act("jiancha1", "verify_on_site", **PASS)
    with pytest.raises(NotPermitted, match="earlier step"):
        inspected.act("jiancha1", "countersign", **AGREE)


def test_who_disagrees_sends_the_inspector_to_the_site_again(inspected: Play) -> None:
    inspected.act("jiancha1", "verify_on_site", **PASS)
    inspected.act("jiancha2", "countersign", decision="disagree", opinion="未见压力试验报告")
    assert inspected.waits_at() == ["verify_on_site"]
    assert inspected.rows(Verification) == []


def test_who_rectified_never_rechecks(play: Play) -> None:
    play.register(responsible_person="jiancha1")
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_plan", **PLAN)
    play.act("jiancha1", "rectify", **RECTIFICATION)
    play.act("danwei", "confirm_by_leader", **AGREE)
    with pytest.raises(NotPermitted, match="earlier step"):
        play.act("jiancha1", "verify_on_site", **PASS)
    play.act("jiancha2", "verify_on_site", **PASS)
    with pytest.raises(NotPermitted, match="earlier step"):
        play.act("jiancha1", "countersign", **AGREE)


def test_a_major_hazard_needs_an_expert_first(play: Play) -> None:
    play.register(**MAJOR)
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_major_plan", **MAJOR_PLAN)
    play.rectify()
    assert play.waits_at() == ["expert_opinion"]
    play.act("zhuanjia", "expert_opinion", **EXPERT)
    play.pass_inspection()
    assert play.rows(Verification)[0].expert == "zhuanjia"


@pytest.mark.parametrize("result", ["return", "guide"])
def test_a_hazard_is_returned_with_the_reason_and_counted(inspected: Play, result: str) -> None:
    inspected.act("jiancha1", "verify_on_site", **RETURN | {"result": result})
    inspected.act("jiancha2", "countersign", **AGREE)
    hazard = inspected.hazard()
    assert (hazard.stage, hazard.returns, hazard.rectified_at) == (Stage.SELF_CHECK, 1, None)
    assert inspected.waits_at() == ["rectify"]
    assert inspected.rows(ProgressNote)[-1].text == "退回整改：报警器未安装"
    assert inspected.rows(Verification)[0].passed is False


def test_a_return_with_enforcement_opens_a_case(inspected: Play) -> None:
    inspected.act("jiancha1", "verify_on_site", **RETURN | {"result": "enforce"})
    inspected.act("jiancha2", "countersign", **AGREE)
    assert inspected.incidents() == []
    assert inspected.status("enforcement") is InstanceStatus.RUNNING
    assert "rectify" in inspected.waits_at()


def test_a_second_visit_has_a_number_of_its_own(inspected: Play) -> None:
    inspected.act("jiancha1", "verify_on_site", **RETURN)
    inspected.act("jiancha2", "countersign", **AGREE)
    inspected.rectify()
    inspected.pass_inspection()
    assert [it.document[-2:] for it in inspected.rows(Verification)] == ["1号", "2号"]
    assert inspected.data()["rechecked_by"] == ["jiancha1", "jiancha2"]


def test_a_claim_needs_a_verdict(claimed: Play) -> None:
    with pytest.raises(InvalidRecord, match="verdict"):
        claimed.act("jiancha1", "verify_on_site", **PASS)
    claimed.act("jiancha1", "verify_on_site", **PASS, verdict="genuine")
    claimed.act("jiancha2", "countersign", **AGREE)
    assert claimed.hazard().verdict is Verdict.GENUINE


@pytest.mark.parametrize("verdict", ["genuine", "relapsed"])
def test_a_new_hazard_has_no_claim_to_judge(inspected: Play, verdict: str) -> None:
    with pytest.raises(InvalidRecord, match="no earlier ledger"):
        inspected.act("jiancha1", "verify_on_site", **PASS, verdict=verdict)


@pytest.mark.parametrize(
    ("result", "verdict"),
    [("pass", "not_rectified"), ("pass", "false_rectification"), ("return", "genuine"), ("enforce", "genuine")],
)
def test_a_visit_does_not_contradict_itself(claimed: Play, result: str, verdict: str) -> None:
    with pytest.raises(InvalidRecord):
        claimed.act("jiancha1", "verify_on_site", **RETURN | {"result": result, "verdict": verdict})
    assert claimed.waits_at() == ["verify_on_site"]


def test_what_was_claimed_but_not_rectified_is_planned(claimed: Play) -> None:
    claimed.act("jiancha1", "verify_on_site", **RETURN, verdict="not_rectified")
    claimed.act("jiancha2", "countersign", **AGREE)
    assert claimed.waits_at() == ["make_plan"]
    assert claimed.hazard().verdict is Verdict.NOT_RECTIFIED


def test_false_rectification_always_opens_a_case(claimed: Play) -> None:
    claimed.act("jiancha1", "verify_on_site", **RETURN, verdict="false_rectification")
    claimed.act("jiancha2", "countersign", **AGREE)
    assert claimed.incidents() == []
    assert claimed.status("enforcement") is InstanceStatus.RUNNING
    assert "make_plan" in claimed.waits_at()


def test_a_relapse_is_a_new_row_and_the_old_one_goes_on(claimed: Play) -> None:
    old = claimed.number
    claimed.act("jiancha1", "verify_on_site", **RETURN, verdict="relapsed")
    claimed.act("jiancha2", "countersign", **AGREE)
    assert (claimed.hazard().stage, claimed.hazard().verdict) == (Stage.SPOT_CHECK, Verdict.RELAPSED)
    claimed.number = claimed.data()["relapse"]
    new = claimed.hazard()
    assert (new.origin, new.previous_number, new.stage) == (Origin.RELAPSED, old, Stage.SELF_CHECK)
    assert (new.description, new.claimed_done_on) == ("报警器未安装", None)
    assert claimed.waits_at() == ["confirm_hazard"]
    with claimed.runtime.reading() as uow:
        assert new.previous_id == hazard_of(uow.session, old).id
