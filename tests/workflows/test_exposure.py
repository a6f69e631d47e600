"""Exposure: a text without personal data, approved before it is public."""

from __future__ import annotations

import pytest

from engine.errors import NotPermitted
from engine.storage.models import InstanceStatus
from tests.workflows.beside import call_operator, close_on_record
from tests.workflows.play import Play
from workflows.errors import InvalidRecord, WrongStage
from workflows.exposure import Exposure, ExposureStatus, exposure_by_id, propose_exposure, withdraw
from workflows.exposure.redaction import personal_data_in, redacted
from workflows.hazards.facts import hazard_of

DRAFT = {"public_text": "某烩面馆燃气软管老化，逾期未改，已责令停业整顿。", "media": "河南日报"}
APPROVE = {"decision": "approve", "opinion": "同意"}


@pytest.fixture
def proposed(play: Play) -> Play:
    """A hazard whose exposure was proposed."""
    play.register(responsible_name="王建国", responsible_phone="65506550", inspectors="张三、李四")
    propose(play)
    return play


def propose(play: Play, reason: str = "屡改屡犯") -> Exposure:
    with play.runtime.unit_of_work() as uow:
        return propose_exposure(uow, hazard_of(uow.session, play.number), reason=reason, by="anweiban")


def record(play: Play) -> Exposure:
    return play.rows(Exposure)[-1]


def test_an_approved_text_is_public(proposed: Play) -> None:
    proposed.act("anweiban", "draft_text", **DRAFT)
    assert not proposed.hazard().exposed
    proposed.act("lingdao", "approve_text", **APPROVE)
    assert proposed.hazard().exposed
    assert (record(proposed).status, record(proposed).published_at) == (ExposureStatus.PUBLISHED, proposed.clock.now())
    assert [told["public_text"] for told in proposed.told("exposure.published")] == [DRAFT["public_text"]]
    assert proposed.status("exposure") is InstanceStatus.COMPLETED


@pytest.mark.parametrize(
    "personal",
    [
        "联系电话13912345678",
        "联系电话139-1234-5678",
        "联系电话１３９ １２３４ ５６７８",
        "座机0371-65506550",
        "电话6550 6550",
        "身份证410105198001011234",
        "身份证41010519800101123X",
        "负责人王建国",
        "检查人员李四",
    ],
)
def test_a_text_with_personal_data_is_given_back(proposed: Play, personal: str) -> None:
    proposed.act("anweiban", "draft_text", **{**DRAFT, "public_text": f"某烩面馆，{personal}，已停业。"})
    assert record(proposed).public_text == ""
    assert "draft_text" in proposed.waits_at()
    assert "approve_text" not in proposed.waits_at()


@pytest.mark.parametrize("harmless", ["罚款2.5万元", "2022年11月8日 18时", "豫安委督〔2022〕17号", "91410105MA3X"])
def test_figures_that_are_nobodys_may_stand(proposed: Play, harmless: str) -> None:
    proposed.act("anweiban", "draft_text", **{**DRAFT, "public_text": f"某烩面馆，{harmless}。"})
    assert "approve_text" in proposed.waits_at()


def test_a_text_can_be_sent_back_to_be_rewritten(proposed: Play) -> None:
    proposed.act("anweiban", "draft_text", **DRAFT)
    proposed.act("lingdao", "approve_text", decision="return", opinion="写明处理情况")
    assert "draft_text" in proposed.waits_at()
    assert record(proposed).status is ExposureStatus.PROPOSED


def test_a_declined_exposure_leaves_the_hazard_and_may_be_proposed_again(proposed: Play) -> None:
    proposed.act("anweiban", "draft_text", **DRAFT)
    proposed.act("lingdao", "approve_text", decision="decline", opinion="已整改")
    assert (record(proposed).status, proposed.hazard().exposed) == (ExposureStatus.DECLINED, False)
    assert propose(proposed).status is ExposureStatus.PROPOSED


def test_a_hazard_is_not_exposed_twice(proposed: Play) -> None:
    assert propose(proposed).id == record(proposed).id
    proposed.act("anweiban", "draft_text", **DRAFT)
    proposed.act("lingdao", "approve_text", **APPROVE)
    call_operator(proposed, "exposure.propose", hazard=proposed.number, reason="再次曝光")
    assert len(proposed.rows(Exposure)) == len(proposed.instances("exposure")) == 1


def test_whoever_drafted_the_text_does_not_approve_it(proposed: Play) -> None:
    proposed.act("anweiban", "draft_text", **DRAFT)
    assert proposed.task("approve_text").excluded == ["anweiban"]
    with pytest.raises(NotPermitted):
        proposed.act("anweiban", "approve_text", **APPROVE)


def test_a_closed_hazard_can_still_be_exposed(proposed: Play) -> None:
    close_on_record(proposed)
    proposed.act("anweiban", "draft_text", **DRAFT)
    proposed.act("lingdao", "approve_text", **APPROVE)
    assert proposed.hazard().exposed


def test_a_proposal_that_nobody_takes_up_is_escalated(proposed: Play) -> None:
    proposed.pass_time(days=7)
    assert "draft_text" in {told["element"] for told in proposed.told("deadline.escalated")}
    assert "draft_text" in proposed.waits_at()


def test_a_proposal_needs_a_reason(play: Play) -> None:
    play.register()
    with pytest.raises(InvalidRecord, match="reason"):
        propose(play, reason="")


def test_the_public_text_keeps_its_headline_place_and_sector(proposed: Play) -> None:
    proposed.act("anweiban", "draft_text", headline="软管老化逾期未改", **DRAFT)
    proposed.act("lingdao", "approve_text", **APPROVE)
    exposed = record(proposed)
    assert (exposed.title, exposed.city_code, exposed.sector) == ("软管老化逾期未改", "4101", proposed.hazard().sector)


def test_without_a_headline_the_first_sentence_is_the_title(proposed: Play) -> None:
    proposed.act("anweiban", "draft_text", **{**DRAFT, "public_text": "某店软管老化。已停业。"})
    assert record(proposed).title == "某店软管老化"


@pytest.mark.parametrize(
    "draft", [{"headline": "王建国的面馆"}, {"public_text": "某烩面馆，纬五路12号院3号楼，已停业。"}]
)
def test_headline_and_address_are_checked_too(proposed: Play, draft: dict[str, str]) -> None:
    proposed.act("anweiban", "draft_text", **{**DRAFT, **draft})
    assert "draft_text" in proposed.waits_at()


def test_a_withdrawn_case_is_kept_and_its_hazard_may_be_exposed_again(proposed: Play) -> None:
    proposed.act("anweiban", "draft_text", **DRAFT)
    proposed.act("lingdao", "approve_text", **APPROVE)
    with proposed.runtime.unit_of_work() as uow:
        withdraw(uow, exposure_by_id(uow.session, record(proposed).id), reason="认定有误", by="anweiban")
    assert (record(proposed).status, proposed.hazard().exposed) == (ExposureStatus.WITHDRAWN, False)
    assert [told["reason"] for told in proposed.told("exposure.withdrawn")] == ["认定有误"]
    assert propose(proposed).status is ExposureStatus.PROPOSED


def test_only_what_is_public_can_be_withdrawn(proposed: Play) -> None:
    with proposed.runtime.unit_of_work() as uow, pytest.raises(WrongStage):
        withdraw(uow, exposure_by_id(uow.session, record(proposed).id), reason="认定有误", by="anweiban")


@pytest.mark.parametrize(
    ("spelled", "masked"),
    [
        ("电话１３９-１２３４ ５６７８。", "电话***。"),
        ("身份证41010519800101123X", "身份证***"),
        ("负责人王建国", "负责人王某"),
        ("文化路8号院2号楼", "文化路××号"),
        ("豫安委督〔2022〕17号，罚款20000元", "豫安委督〔2022〕17号，罚款20000元"),
    ],
)
def test_the_suggestion_masks_what_the_check_would_find(proposed: Play, spelled: str, masked: str) -> None:
    hazard = proposed.hazard()
    assert redacted(spelled, hazard) == masked
    assert personal_data_in(masked, hazard) == []
