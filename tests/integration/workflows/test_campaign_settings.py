"""What may be set about a campaign before and after it has begun, how it ends, and what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.errors import ConcurrentChange
from engine.runtime import Runtime
from workflows.campaigns.content_areas import ContentArea
from workflows.campaigns.models import Campaign, PhaseKind
from workflows.campaigns.opening import HENAN_2022, CampaignPlan, campaign_by_code, open_campaign
from workflows.campaigns.settings import change_campaign, close_campaign, next_plan, open_next, plan_of
from workflows.cast import load_cast
from workflows.errors import InvalidRecord, OutOfScope, Refused
from workflows.organisations.mandates import mandate_of
from workflows.organisations.people import person_by_account

BEFORE, DURING = date(2022, 11, 1), date(2022, 12, 1)
CODE = HENAN_2022.code


@pytest.fixture
def opened(runtime: Runtime) -> Runtime:
    with runtime.unit_of_work() as uow:
        cast = load_cast(uow, counties=1, units_per_sector=1)
        open_campaign(uow, HENAN_2022, committee_id=cast.province_committee, by="shenganweiban")
    return runtime


def _plan(opened: Runtime) -> CampaignPlan:
    with opened.reading() as uow:
        return plan_of(campaign_by_code(uow.session, CODE))


def _change(opened: Runtime, plan: CampaignPlan, today: date, by: str = "guanli", version: int = 1) -> Campaign:
    with opened.unit_of_work() as uow:
        return change_campaign(uow, mandate_of(uow.session, by), plan, today=today, expected_version=version)


def test_before_it_begins_everything_may_change(opened: Runtime) -> None:
    plan = _plan(opened)
    fewer = replace(plan, first_day=date(2022, 11, 10), content_areas=[ContentArea.ASSESSMENT])
    fewer = replace(fewer, phases=[(kind, fewer.first_day, fewer.last_day) for kind in PhaseKind])
    assert _change(opened, fewer, BEFORE).content_areas == ["assessment"]


def test_once_begun_the_first_day_and_what_is_covered_stay(opened: Runtime) -> None:
    plan = _plan(opened)
    fewer = replace(plan, first_day=date(2022, 11, 7), content_areas=[ContentArea.ASSESSMENT], sectors=plan.sectors[:1])
    with pytest.raises(InvalidRecord) as refused:
        _change(opened, fewer, DURING)
    assert set(refused.value.errors) == {"first_day", "content_areas", "sectors"}
    assert _change(opened, replace(plan, last_day=date(2023, 3, 31)), DURING).last_day == date(2023, 3, 31)


def test_it_does_not_end_in_the_past(opened: Runtime) -> None:
    plan = _plan(opened)
    short = date(2022, 11, 20)
    ended = replace(plan, last_day=short, phases=[(kind, plan.first_day, short) for kind in PhaseKind])
    with pytest.raises(InvalidRecord) as refused:
        _change(opened, ended, DURING)
    assert set(refused.value.errors) == {"last_day"}


def test_only_its_committee_and_administrators_decide(opened: Runtime) -> None:
    plan = replace(_plan(opened), name="新名称")
    with pytest.raises(OutOfScope):
        _change(opened, plan, DURING, by="anweiban")
    assert _change(opened, plan, DURING, by="shenganweiban").name == "新名称"


def test_two_who_set_it_at_once_do_not_overwrite_each_other(opened: Runtime) -> None:
    plan = _plan(opened)
    _change(opened, replace(plan, name="甲"), DURING)
    with pytest.raises(ConcurrentChange):
        _change(opened, replace(plan, name="乙"), DURING)


def test_a_closed_campaign_is_not_set_any_more_and_the_next_one_follows(opened: Runtime) -> None:
    with opened.unit_of_work() as uow:
        mandate = mandate_of(uow.session, "guanli")
        with pytest.raises(InvalidRecord):
            close_campaign(uow, mandate, CODE, reason="", expected_version=1)
        closed = close_campaign(uow, mandate, CODE, reason="验收完成", expected_version=1)
        assert closed.closed_by == "guanli"
        uow.session.flush()
        with pytest.raises(Refused, match="is closed"):
            change_campaign(uow, mandate, plan_of(closed), today=DURING, expected_version=2)
        office = person_by_account(uow.session, "shenganweiban")
        assert office is not None
        following = replace(next_plan(closed), code="henan-2023")
        assert (following.first_day, following.last_day) == (date(2023, 2, 1), date(2023, 4, 26))
        assert open_next(uow, mandate, following, office.organisation_id).code == "henan-2023"
        with pytest.raises(InvalidRecord) as refused:
            open_next(uow, mandate, replace(following, code="Nicht gut"), None)
        assert set(refused.value.errors) == {"code", "committee"}
