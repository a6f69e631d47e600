"""Enforcement: a numbered order, a decision, and its publication within the law's time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.errors import NotPermitted
from engine.runtime import UnitOfWork
from engine.storage.models import InstanceStatus
from tests.workflows.beside import call_operator, close_on_record
from tests.workflows.play import AGREE, Play
from workflows.enforcement import EnforcementCase, PenaltyKind, closure_alert, open_case
from workflows.errors import InvalidRecord
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity

MAJOR = {"severity": Severity.MAJOR, "criterion": "城镇燃气重大隐患判定第三条"}
FILING: dict[str, Any] = {
    "problems": "一、软管老化；二、未装报警器",
    "basis": "《城镇燃气管理条例》第二十七条",
    "inspectors": "甲（豫A001）、乙（豫A002）",
    "rectify_by": "2022-11-20",
}
FINE: dict[str, Any] = {"penalty": "fine", "amount": 2.5, "opinion": "逾期未改"}
NO_PENALTY: dict[str, Any] = {"penalty": "none", "opinion": "首次违法且已改正"}
PUBLIC = {"media": "县政府网站"}
TODAY = date(2022, 11, 8)


@pytest.fixture
def opened(play: Play) -> Play:
    """A hazard against whose unit a case was opened."""
    play.register()
    open_against(play)
    return play


def open_against(play: Play, reason: str = "拒不整改", by: str = "jiancha1") -> EnforcementCase:
    with play.runtime.unit_of_work() as uow:
        return open_case(uow, hazard_of(uow.session, play.number), reason=reason, by=by)


def case(play: Play) -> EnforcementCase:
    return play.rows(EnforcementCase)[-1]


def punish(play: Play, **decision: Any) -> None:
    """Bring an opened case to the decision and past it."""
    play.act("jiancha1", "file_case", **FILING)
    play.act("bumen", "decide_penalty", **decision)


def test_a_filed_case_gets_a_numbered_order(opened: Play) -> None:
    opened.act("jiancha1", "file_case", **FILING)
    assert opened.hazard().documents == [case(opened).order_number]
    assert case(opened).order_number is not None
    assert str(case(opened).order_number).endswith("责改〔2022〕1号")
    assert "decide_penalty" in opened.waits_at()


def test_a_fine_is_on_the_case_and_on_the_hazard(opened: Play) -> None:
    punish(opened, **FINE)
    assert (case(opened).penalty, case(opened).amount, case(opened).decided_by) == (
        PenaltyKind.FINE,
        Decimal("2.50"),
        "bumen",
    )
    assert opened.hazard().penalties == f"罚款2.50万元（{case(opened).order_number}）"


def test_a_penalty_is_due_to_be_public_within_seven_working_days(opened: Play) -> None:
    punish(opened, **FINE)
    assert opened.task("publish_penalty").due_at == datetime(2022, 11, 17, 10, 0, tzinfo=UTC)
    opened.act("jiancha2", "publish_penalty", **PUBLIC)
    assert (case(opened).published_in, case(opened).published_at) == ("县政府网站", opened.clock.now())
    assert opened.status("enforcement") is InstanceStatus.COMPLETED


def test_a_penalty_that_is_not_published_is_escalated(opened: Play) -> None:
    punish(opened, **FINE)
    opened.pass_time(days=12)
    assert "publish_penalty" in {told["element"] for told in opened.told("deadline.escalated")}
    assert "publish_penalty" in opened.waits_at()


def test_without_a_penalty_nothing_is_published(opened: Play) -> None:
    punish(opened, **NO_PENALTY)
    assert opened.status("enforcement") is InstanceStatus.COMPLETED
    assert opened.hazard().penalties == ""


@pytest.mark.parametrize("wrong", [{**FINE, "amount": None}, {**NO_PENALTY, "amount": 1}])
def test_an_amount_that_does_not_fit_is_given_back(opened: Play, wrong: dict[str, Any]) -> None:
    punish(opened, **wrong)
    assert case(opened).decided_at is None
    assert "decide_penalty" in opened.waits_at()


def test_whoever_filed_the_case_does_not_decide_it(opened: Play) -> None:
    opened.act("jiancha1", "file_case", **FILING)
    assert opened.task("decide_penalty").excluded == ["jiancha1"]
    with pytest.raises(NotPermitted):
        opened.act("jiancha1", "decide_penalty", **FINE)


def test_an_undecided_case_is_not_opened_twice(opened: Play) -> None:
    first = case(opened)
    assert open_against(opened).id == first.id
    punish(opened, **NO_PENALTY)
    assert open_against(opened, "又发现新问题").id != first.id


def test_an_inspection_opens_a_case(play: Play) -> None:
    play.register()
    play.self_check()
    play.act("jiancha1", "verify_on_site", result="enforce", opinion="虚报整改", photos=["on-site"])
    play.act("jiancha2", "countersign", **AGREE)
    assert (case(play).reason, case(play).opened_by) == ("虚报整改", "jiancha1")
    assert "file_case" in play.waits_at()


def test_a_process_opens_a_case_through_the_operator(play: Play) -> None:
    play.register()
    call_operator(play, "enforcement.open", hazard=play.number, reason="拒不整改")
    assert case(play).opened_by == "system"


def test_a_case_needs_a_reason(play: Play) -> None:
    play.register()
    with pytest.raises(InvalidRecord, match="reason"):
        open_against(play, reason="")


def test_a_case_goes_on_after_its_hazard_was_closed(opened: Play) -> None:
    close_on_record(opened)
    punish(opened, **FINE)
    assert "罚款2.50万元" in opened.hazard().penalties


def test_every_penalty_of_a_hazard_stays_in_words(opened: Play) -> None:
    punish(opened, penalty="warning", opinion="情节轻微")
    open_against(opened)
    punish(opened, **FINE)
    assert [word[:2] for word in opened.hazard().penalties.split("；")] == ["警告", "罚款"]


def test_three_penalties_in_180_days_and_a_major_hazard_ask_for_closure(play: Play) -> None:
    play.register(**MAJOR)
    alerts = penalties(play, days_ago=[0, 90, 179])
    assert alerts == ((play.number,), 3, 3)


def test_the_180th_day_back_does_not_count(play: Play) -> None:
    play.register(**MAJOR)
    assert penalties(play, days_ago=[0, 90, 180]) is None


def test_four_penalties_in_a_year_and_a_major_hazard_ask_for_closure(play: Play) -> None:
    play.register(**MAJOR)
    assert penalties(play, days_ago=[0, 190, 250, 364]) == ((play.number,), 1, 4)
    assert penalties(play, days_ago=[]) is not None


def test_a_penalty_a_year_ago_does_not_count(play: Play) -> None:
    play.register(**MAJOR)
    assert penalties(play, days_ago=[0, 190, 250, 365]) is None


def test_without_an_open_major_hazard_closure_is_not_asked_for(play: Play) -> None:
    play.register()
    assert penalties(play, days_ago=[0, 1, 2]) is None
    play.register(**MAJOR)
    close_on_record(play)
    assert penalties(play, days_ago=[3]) is None


def test_a_case_without_penalty_is_none_of_the_times(play: Play) -> None:
    play.register(**MAJOR)
    assert penalties(play, days_ago=[0, 1]) is None
    assert penalties(play, days_ago=[2], kind=PenaltyKind.NONE) is None


def test_the_decision_that_makes_it_three_tells_of_closure(play: Play) -> None:
    play.register(**MAJOR)
    penalties(play, days_ago=[10, 20])
    open_against(play)
    punish(play, **FINE)
    assert [told["in_180_days"] for told in play.told("enforcement.closure_advised")] == [3]


def penalties(
    play: Play, *, days_ago: list[int], kind: PenaltyKind = PenaltyKind.WARNING
) -> tuple[tuple[str, ...], int, int] | None:
    """Punish the hazard's unit so many days before today, and ask for its alert."""
    with play.runtime.unit_of_work() as uow:
        hazard = hazard_of(uow.session, play.number)
        uow.session.add_all(_decided(uow, hazard, days, kind) for days in days_ago)
        uow.session.flush()
        assert hazard.unit_id is not None
        alert = closure_alert(uow.session, hazard.unit_id, TODAY)
    return (alert.major_hazards, alert.in_180_days, alert.in_a_year) if alert else None


def _decided(uow: UnitOfWork, hazard: Hazard, days: int, kind: PenaltyKind) -> EnforcementCase:
    return EnforcementCase(
        hazard_id=hazard.id,
        unit_id=hazard.unit_id,
        unit_name=hazard.unit_name,
        department_id=hazard.department_id,
        reason="拒不整改",
        opened_by="jiancha1",
        opened_at=uow.now,
        penalty=kind,
        decided_at=uow.now - timedelta(days=days),
    )
