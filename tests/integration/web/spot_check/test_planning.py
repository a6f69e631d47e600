"""Rounds are listed, planned and changed by the office; wrong entries stand beside their fields."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.web.spot_check.conftest import Desk, twice
from tests.workflows.rounds import OFFICE
from workflows.campaigns.opening import HENAN_2022, campaign_by_code
from workflows.spot_check.rounds import round_of
from workflows.spot_check.standing import standing_of


def entries(desk: Desk, **overrides: Any) -> dict[str, Any]:
    with desk.runtime.reading() as uow:
        campaign = campaign_by_code(uow.session, HENAN_2022.code).id
        committee = standing_of(uow.session, OFFICE).offices[0].committee_id
    return {
        "name": "第一轮", "campaign": campaign, "committee": committee, "by": "size", "sample_size": "2",
        "sample_permille": "60", "minimum_per_stratum": "1", "weight_general": "1", "weight_major": "3",
        "counties_per_city": "0", "sectors_per_county": "0", "units_per_sector": "0", "closed_since": "",
        "exclusion_days": "0", **overrides,
    }  # fmt: skip


def test_a_round_is_planned_and_found_on_the_list(desk: Desk) -> None:
    desk.rounds.wait_for_draw(3)
    office = desk.browser(OFFICE)
    assert "还没有抽查轮次" in office.get("/spot-checks/").text
    office.get("/spot-checks/new")
    answer = office.post("/spot-checks/", **entries(desk))
    assert answer.status_code == 302
    page = office.get(answer.location).text
    assert "第一轮" in page
    assert "郑州市" in page
    assert "第一轮" in office.get("/spot-checks/").text


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("sample_size", "0"), ("sample_size", "viel"), ("closed_since", "gestern"), ("weight_major", "0")],
)
def test_a_wrong_entry_stands_beside_its_field(desk: Desk, field: str, value: str) -> None:
    office = desk.browser(OFFICE)
    office.get("/spot-checks/new")
    answer = office.post("/spot-checks/", **entries(desk, **{field: value}))
    assert answer.status_code == 422
    assert f'id="error-{field}"' in answer.text


def test_the_strata_follow_the_parameters(desk: Desk) -> None:
    desk.rounds.wait_for_draw(3)
    office = desk.browser(OFFICE)
    asked = entries(desk, sample_size="3")
    part = office.client.get("/spot-checks/strata", query_string=asked).text
    assert "<html" not in part
    assert "全查" in part
    assert "numbers" not in office.client.get("/spot-checks/strata", query_string={**asked, "sample_size": "x"}).text


def test_a_plan_is_changed_until_the_list_is_frozen(desk: Desk) -> None:
    desk.rounds.wait_for_draw(3)
    desk.rounds.plan(1)
    office = desk.browser(OFFICE)
    office.get(f"{desk.address}/plan")
    seen = office.hidden("expected_version")
    changed = entries(desk, name="改名后的一轮", expected_version=seen)
    assert twice(office, f"{desk.address}/plan", **changed) == (302, 409)
    desk.rounds.commit()
    assert office.get(f"{desk.address}/plan").status_code == 409
    with desk.runtime.reading() as uow:
        assert round_of(uow.session, desk.rounds.id).name == "改名后的一轮"


@pytest.mark.parametrize("path", ["/spot-checks/new", "/spot-checks/teams", "/spot-checks/strata"])
def test_only_the_office_plans(desk: Desk, path: str) -> None:
    for account in ("anweiban", "zeren", "shenji"):
        assert desk.browser(account).get(path).status_code == 403


def test_those_who_may_be_visited_do_not_see_a_round(desk: Desk) -> None:
    desk.rounds.wait_for_draw(2)
    desk.rounds.hold(1)
    for account, status in (("anweiban", 403), ("zeren", 403), ("shenji", 200), (OFFICE, 200)):
        assert desk.browser(account).get(desk.address).status_code == status
    assert "第一轮" not in desk.browser("anweiban").get("/spot-checks/").text
