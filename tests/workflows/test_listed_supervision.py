"""Listed supervision: proposed, approved with a numbered notice, followed up, accepted on site and delisted."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import NotPermitted
from engine.storage.models import InstanceStatus
from tests.workflows.beside import LIST, call_operator, close_on_record, holder, list_hazard, propose
from tests.workflows.play import Play
from workflows.errors import InvalidRecord, WrongStage
from workflows.geography.divisions import RegionLevel
from workflows.hazards.words import Severity
from workflows.listed_supervision import Supervision, SupervisionStatus, notes_of
from workflows.organisations.roles import Role

MAJOR = {"severity": Severity.MAJOR, "criterion": "城镇燃气重大隐患判定第三条"}
RECEIVED = {"received": "received"}
PLAN: dict[str, Any] = {
    "text": "更换全部软管",
    "duty": "王局长",
    "funds": 3.5,
    "due_on": "2022-12-20",
    "emergency": "停气值守",
}
ACCEPT = {"decision": "accept"}
PUBLIC: dict[str, Any] = {"media": "县政府网站", "proof": ["screenshot"]}
PROGRESS = {"request": "progress", "text": "已更换一半"}
APPLY = {"request": "delist", "text": "已全部更换，申请摘牌"}
PASSED: dict[str, Any] = {"result": "pass", "people": "张三、李四；专家王五", "text": "现场合格", "photos": ["on-site"]}
FAILED: dict[str, Any] = {**PASSED, "result": "fail"}
DELIST = {"decision": "delist"}


@pytest.fixture
def proposed(play: Play) -> Play:
    """A general hazard that the county's office proposed."""
    play.register()
    propose(play)
    return play


def record(play: Play) -> Supervision:
    return play.rows(Supervision)[-1]


def notes(play: Play) -> list[str]:
    with play.runtime.reading() as uow:
        return [note.subject for note in notes_of(uow.session, record(play).id)]


def leader(play: Play) -> str:
    return holder(play, Role.PROVINCIAL_LEADER, record(play).committee_id)


def until_progress(play: Play) -> None:
    """Bring a proposed hazard to where its progress is reported."""
    play.act(leader(play), "approve_listing", **LIST)
    play.act("bumen", "sign_for_notice", **RECEIVED)
    play.act("jiancha1", "submit_plan", **PLAN)
    play.act("anweiban", "review_plan", **ACCEPT)
    play.act("anweiban", "publish_listing", **PUBLIC)


def test_a_general_hazard_is_listed_by_the_county_and_a_major_one_by_the_city(play: Play) -> None:
    play.register()
    general = propose(play)
    play.register(**MAJOR)
    major = propose(play)
    assert (general.level, major.level) == (RegionLevel.COUNTY, RegionLevel.CITY)
    assert general.committee_id == play.hazard().committee_id != major.committee_id


def test_a_hazard_is_not_listed_twice(proposed: Play) -> None:
    assert propose(proposed).id == record(proposed).id
    proposed.act(leader(proposed), "approve_listing", **LIST)
    assert propose(proposed).id == record(proposed).id
    assert len(proposed.instances("listed_supervision")) == len(proposed.rows(Supervision)) == 1


def test_a_process_proposes_through_the_operator(play: Play) -> None:
    play.register()
    call_operator(play, "supervision.list", hazard=play.number, reason="抽查发现假整改", by="choucha")
    assert (record(play).reason, record(play).proposed_by) == ("抽查发现假整改", "choucha")


def test_an_approved_listing_issues_a_numbered_notice(proposed: Play) -> None:
    assert not proposed.hazard().listed
    proposed.act(leader(proposed), "approve_listing", **LIST, finish_by="2022-12-31")
    assert proposed.hazard().listed
    assert proposed.hazard().documents == [record(proposed).document] == ["金水区安委督〔2022〕1号"]
    assert "sign_for_notice" in proposed.waits_at()


def test_a_city_signs_without_its_last_character(play: Play) -> None:
    play.register(**MAJOR)
    list_hazard(play)
    assert record(play).document == "郑州安委督〔2022〕1号"


def test_a_declined_listing_leaves_the_hazard_and_may_be_proposed_again(proposed: Play) -> None:
    proposed.act(leader(proposed), "approve_listing", decision="decline", opinion="已在整改")
    assert (record(proposed).status, proposed.hazard().listed) == (SupervisionStatus.DECLINED, False)
    assert propose(proposed, "仍未整改").status is SupervisionStatus.PROPOSED


def test_whoever_proposes_does_not_approve(play: Play) -> None:
    play.register()
    propose(play, by="lingdao")
    with pytest.raises(NotPermitted):
        play.act("lingdao", "approve_listing", **LIST)


def test_a_listing_is_followed_up_until_it_is_delisted(proposed: Play) -> None:
    until_progress(proposed)
    proposed.act("jiancha1", "report_progress", **PROGRESS)
    proposed.act("bumen", "report_progress", **APPLY)
    proposed.act("anweiban", "accept_on_site", **PASSED)
    assert proposed.hazard().listed
    proposed.act(leader(proposed), "approve_delisting", **DELIST)
    proposed.act("anweiban", "publish_delisting", **PUBLIC)
    assert (proposed.hazard().listed, record(proposed).status) == (False, SupervisionStatus.DELISTED)
    assert notes(proposed) == ["治理方案", "治理进展", "治理进展", "现场验收"]
    assert proposed.status("listed_supervision") is InstanceStatus.COMPLETED


def test_every_step_is_on_record_with_its_day(proposed: Play) -> None:
    until_progress(proposed)
    proposed.act("bumen", "report_progress", **APPLY)
    proposed.act("anweiban", "accept_on_site", **PASSED)
    proposed.act(leader(proposed), "approve_delisting", **DELIST)
    proposed.act("anweiban", "publish_delisting", **PUBLIC)
    done = record(proposed)
    people = (done.signed_by, done.plan_accepted_by, done.accepted_by, done.delisted_by)
    assert people == ("bumen", "anweiban", "anweiban", "lingdao")
    days = (done.decided_at, done.signed_at, done.published_at, done.accepted_at, done.delisting_published_at)
    assert set(days) == {proposed.clock.now()}


def test_a_plan_can_be_sent_back(proposed: Play) -> None:
    proposed.act(leader(proposed), "approve_listing", **LIST)
    proposed.act("bumen", "sign_for_notice", **RECEIVED)
    proposed.act("bumen", "submit_plan", **PLAN)
    proposed.act("anweiban", "review_plan", decision="return", opinion="缺应急预案")
    assert "submit_plan" in proposed.waits_at()


def test_a_failed_acceptance_or_a_refused_delisting_goes_on_with_the_treatment(proposed: Play) -> None:
    until_progress(proposed)
    proposed.act("bumen", "report_progress", **APPLY)
    proposed.act("anweiban", "accept_on_site", **FAILED)
    proposed.act("bumen", "report_progress", **APPLY)
    proposed.act("anweiban", "accept_on_site", **PASSED)
    proposed.act(leader(proposed), "approve_delisting", decision="continue", opinion="观察一周")
    assert "report_progress" in proposed.waits_at()
    assert proposed.hazard().listed


def test_a_listing_ends_after_its_hazard_was_closed(proposed: Play) -> None:
    until_progress(proposed)
    proposed.act("bumen", "report_progress", **APPLY)
    proposed.act("anweiban", "accept_on_site", **PASSED)
    close_on_record(proposed)
    proposed.act(leader(proposed), "approve_delisting", **DELIST)
    assert record(proposed).status is SupervisionStatus.DELISTED
    assert not proposed.hazard().listed


def test_a_closed_hazard_is_not_proposed(play: Play) -> None:
    play.register()
    close_on_record(play)
    with pytest.raises(WrongStage):
        propose(play)


def test_a_proposal_that_nobody_takes_up_is_escalated(proposed: Play) -> None:
    proposed.pass_time(days=7)
    assert "approve_listing" in {told["element"] for told in proposed.told("deadline.escalated")}
    assert "approve_listing" in proposed.waits_at()


def test_a_proposal_needs_a_reason(play: Play) -> None:
    play.register()
    with pytest.raises(InvalidRecord, match="reason"):
        propose(play, reason=" ")
