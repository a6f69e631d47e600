"""Extension: a unit asks for more time, and a granted limit moves the open task with its timers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from engine.errors import NotPermitted
from engine.storage.models import InstanceStatus, Job
from tests.workflows.beside import begin_rectification, close_on_record, holder, list_hazard
from tests.workflows.play import AGREE, CONFIRM, MAJOR_PLAN, PLAN, RECTIFICATION, Play
from workflows.errors import InvalidRecord, OutOfScope, Refused, WorkflowsError, WrongStage
from workflows.extension_request import ExtensionRequest, ExtensionStatus, request_extension
from workflows.hazards.closing import void
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import TimeLimit
from workflows.hazards.words import Severity
from workflows.organisations.roles import Role

FIRST_LIMIT = datetime(2022, 11, 30, 10, 0, tzinfo=UTC)
ASKED = date(2022, 12, 20)
LATER_LIMIT = datetime(2022, 12, 20, 10, 0, tzinfo=UTC)
MAJOR = {"severity": Severity.MAJOR, "criterion": "城镇燃气重大隐患判定第三条"}
GRANT: dict[str, Any] = {"decision": "grant", "opinion": "停气改造确需时日，同意"}
FAIL: dict[str, Any] = {"result": "return", "opinion": "仍有两处未更换", "photos": ["photo-on-site"]}
REFUSE: dict[str, Any] = {"decision": "refuse", "opinion": "理由不充分，抓紧整改"}


@pytest.fixture
def rectifying(play: Play) -> Play:
    """A general hazard whose unit rectifies until 30 November."""
    play.register()
    begin_rectification(play)
    return play


def ask(play: Play, until: date = ASKED, reason: str = "配件尚未到货", by: str = "zeren") -> ExtensionRequest:
    with play.runtime.unit_of_work() as uow:
        hazard = hazard_of(uow.session, play.number)
        return request_extension(uow, hazard, until=until, reason=reason, evidence=["order-slip"], by=by)


def request(play: Play) -> ExtensionRequest:
    return play.rows(ExtensionRequest)[-1]


def next_reminder(play: Play) -> datetime:
    with play.runtime.reading() as uow:
        instance = play.hazard().instance_id
        return min(uow.session.scalars(select(Job.due_at).where(Job.instance_id == instance)))


def test_a_request_goes_to_the_department_leader(rectifying: Play) -> None:
    ask(rectifying)
    assert rectifying.waits_at() == ["decide_extension", "rectify"]
    assert rectifying.task("decide_extension").due_at == datetime(2022, 11, 11, 10, 0, tzinfo=UTC)
    assert [it["until"] for it in rectifying.told("extension.requested")] == ["2022-12-20"]


def test_a_granted_request_moves_the_limit_and_keeps_the_old_one(rectifying: Play) -> None:
    ask(rectifying)
    rectifying.act("bumen", "decide_extension", **GRANT)
    hazard = rectifying.hazard()
    assert (hazard.due_at, hazard.original_due_at, hazard.extensions) == (LATER_LIMIT, FIRST_LIMIT, 1)
    assert [limit.due_at for limit in rectifying.rows(TimeLimit)] == [FIRST_LIMIT, LATER_LIMIT]
    assert request(rectifying).present_due_at == FIRST_LIMIT
    assert rectifying.status("extension_request") is InstanceStatus.COMPLETED


def test_a_granted_request_moves_the_open_task_and_its_timers(rectifying: Play) -> None:
    before = next_reminder(rectifying)
    ask(rectifying)
    rectifying.act("bumen", "decide_extension", **GRANT)
    assert rectifying.task("rectify").due_at == LATER_LIMIT
    assert next_reminder(rectifying) - before > (LATER_LIMIT - FIRST_LIMIT) / 2
    assert [it["due_at"] for it in rectifying.told("task.rescheduled")] == [LATER_LIMIT.isoformat()]


def test_fewer_days_than_asked_for_can_be_granted(rectifying: Play) -> None:
    ask(rectifying)
    rectifying.act("bumen", "decide_extension", **GRANT, until="2022-12-05")
    assert request(rectifying).granted_until == date(2022, 12, 5)
    assert rectifying.hazard().due_at == datetime(2022, 12, 5, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("until", ["2022-11-30", "2022-12-21"])
def test_a_day_outside_the_request_is_given_back_to_be_corrected(rectifying: Play, until: str) -> None:
    ask(rectifying)
    rectifying.act("bumen", "decide_extension", **GRANT, until=until)
    assert request(rectifying).status is ExtensionStatus.PENDING
    assert rectifying.waits_at() == ["decide_extension", "rectify"]


def test_a_refused_request_leaves_the_limit_and_another_may_follow(rectifying: Play) -> None:
    ask(rectifying)
    rectifying.act("bumen", "decide_extension", **REFUSE)
    assert (request(rectifying).status, request(rectifying).decided_by) == (ExtensionStatus.REFUSED, "bumen")
    assert rectifying.hazard().due_at == rectifying.task("rectify").due_at == FIRST_LIMIT
    ask(rectifying)
    assert rectifying.waits_at() == ["decide_extension", "rectify"]


def test_a_second_request_waits_for_the_answer_to_the_first(rectifying: Play) -> None:
    ask(rectifying)
    with pytest.raises(Refused, match="pending"):
        ask(rectifying)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"until": date(2022, 11, 30)}, "until: it must be later"),
        ({"until": date(2023, 2, 1)}, "until: it must not be later than the campaign's last day"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_wrong_request_is_refused_by_field(rectifying: Play, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidRecord, match=field):
        ask(rectifying, **wrong)
    assert rectifying.waits_at() == ["rectify"]


def test_a_major_hazard_may_outlast_the_campaign(play: Play) -> None:
    play.register(**MAJOR)
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_major_plan", **MAJOR_PLAN)
    ask(play, until=date(2023, 3, 31))
    play.act("bumen", "decide_extension", **GRANT)
    assert play.hazard().due_at == datetime(2023, 3, 31, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("stranger", ["bumen", "anweiban", "nobody"])
def test_only_the_unit_asks(rectifying: Play, stranger: str) -> None:
    with pytest.raises(OutOfScope):
        ask(rectifying, by=stranger)
    ask(rectifying, by="danwei")


def test_nobody_answers_a_request_of_their_own(rectifying: Play) -> None:
    ask(rectifying)
    with pytest.raises(NotPermitted):
        rectifying.act("zeren", "decide_extension", **GRANT)
    assert rectifying.task("decide_extension").excluded == ["zeren"]


def test_more_time_is_for_the_rectification_alone(play: Play) -> None:
    play.register()
    with pytest.raises(WorkflowsError, match="rectified"):
        ask(play)
    play.self_check()
    with pytest.raises(WrongStage):
        ask(play)


def test_the_office_asks_for_a_unit_that_is_no_organisation(play: Play) -> None:
    play.register(unit_id=None, unit_name="老张烩面馆")
    play.act("anweiban", "confirm_hazard", **CONFIRM)
    play.act("anweiban", "make_plan", **PLAN)
    with pytest.raises(OutOfScope):
        ask(play, by="zeren")
    ask(play, by="anweiban")
    assert "decide_extension" in play.waits_at()


def test_the_listing_committees_office_decides_for_a_listed_hazard(rectifying: Play) -> None:
    listing = list_hazard(rectifying)
    ask(rectifying)
    with pytest.raises(NotPermitted):
        rectifying.act("bumen", "decide_extension", **GRANT)
    office = holder(rectifying, Role.COMMITTEE_OFFICE, listing.committee_id)
    rectifying.act(office, "decide_extension", **GRANT)
    assert request(rectifying).status is ExtensionStatus.GRANTED


def test_a_grant_after_the_rectification_counts_when_the_hazard_is_sent_back(rectifying: Play) -> None:
    ask(rectifying)
    rectifying.act("zeren", "rectify", **RECTIFICATION)
    rectifying.act("bumen", "decide_extension", **GRANT)
    rectifying.act("danwei", "confirm_by_leader", **AGREE)
    rectifying.act("jiancha1", "verify_on_site", **FAIL)
    rectifying.act("jiancha2", "countersign", **AGREE)
    assert rectifying.task("rectify").due_at == LATER_LIMIT


def test_the_leader_who_sends_it_back_gives_the_granted_time(rectifying: Play) -> None:
    ask(rectifying)
    rectifying.act("bumen", "decide_extension", **GRANT)
    rectifying.act("zeren", "rectify", **RECTIFICATION)
    rectifying.act("danwei", "confirm_by_leader", decision="return", opinion="照片不清")
    assert rectifying.task("rectify").due_at == LATER_LIMIT


def test_a_request_that_nobody_answers_is_escalated(rectifying: Play) -> None:
    ask(rectifying)
    rectifying.pass_time(days=5)
    assert "decide_extension" in {told["element"] for told in rectifying.told("deadline.escalated")}
    assert "decide_extension" in rectifying.waits_at()


def test_a_grant_after_the_end_stays_on_the_request_alone(rectifying: Play) -> None:
    ask(rectifying)
    close_on_record(rectifying)
    rectifying.act("bumen", "decide_extension", **GRANT)
    assert request(rectifying).status is ExtensionStatus.GRANTED
    assert (rectifying.hazard().due_at, rectifying.hazard().extensions) == (FIRST_LIMIT, 0)


def test_a_request_ends_with_its_hazard(rectifying: Play) -> None:
    ask(rectifying)
    with rectifying.runtime.unit_of_work() as uow:
        void(uow, hazard_of(uow.session, rectifying.number), reason="重复登记", by="anweiban")
    assert rectifying.status("extension_request") is InstanceStatus.CANCELLED
