"""What is begun beside a hazard's main line, by hand in a real Chromium: desktop, phone, and without JavaScript."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.acts import confirm, plan
from tests.browser.conftest import DESKTOP, PHONE, Enter
from tests.browser.photos import photo
from tests.browser.site import Site
from tests.browser.test_accessibility import violations
from tests.browser.visitor import Visitor
from workflows.hazards.models import Hazard

TITLE = "后厨燃气软管老化"
PAGES = ("extension", "listing", "exposure", "similar-check", "enforcement")


def planned(site: Site, person: Visitor) -> Hazard:
    """A hazard that its unit is putting right."""
    hazard = site.register(title=TITLE)
    confirm(person, TITLE)
    plan(person, TITLE, site.today)
    return hazard


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_unit_asks_for_more_time(site: Site, enter: Enter, size: dict[str, Any]) -> None:
    person = enter("zeren", **size)
    hazard = planned(site, person)
    person.visit(f"/hazards/{hazard.number}/extension")
    person.fill(延至=f"{site.today}", 理由="配件缺货")
    person.page.get_by_role("button", name="提交申请").click()
    expect(person.page.get_by_role("alert")).to_contain_text("应晚于")
    person.look("refused")
    broken = violations(person.page)
    assert person.question("理由").input_value() == "配件缺货"
    person.fill(延至=f"{site.today + timedelta(days=20)}", 证明材料=[photo("缺货证明.png")])
    person.page.get_by_role("button", name="提交申请").click()
    expect(person.page.get_by_role("status").first).to_contain_text("延期申请已提交")
    expect(person.page.get_by_role("link", name="缺货证明.png")).to_be_visible()
    person.look("asked")
    assert broken + violations(person.page) == []


@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", PHONE)], ids=["light-desktop", "dark-phone"])
def test_every_page_can_be_read_by_everybody(site: Site, enter: Enter, scheme: str, size: dict[str, Any]) -> None:
    hazard = site.register(title=TITLE)
    broken: list[str] = []
    for account in ("jiancha1", "shenji"):
        person = enter(account, color_scheme=scheme, **size)
        for page in PAGES:
            assert person.visit(f"/hazards/{hazard.number}/{page}") == 200
            assert not person.scrolls_sideways(), page
            broken += violations(person.page)
    assert broken == []


def test_the_office_proposes_lists_and_spreads_without_javascript(site: Site, enter: Enter) -> None:
    hazard = site.register(title=TITLE)
    office = enter("anweiban", java_script_enabled=False)
    for page, button, said in (
        ("listing", "提请", "已提请挂牌督办"),
        ("exposure", "提请", "已提请曝光"),
    ):
        office.visit(f"/hazards/{hazard.number}/{page}")
        office.fill(理由="逾期未改，危险突出")
        office.page.get_by_role("button", name=button, exact=True).click()
        expect(office.page.get_by_role("status").first).to_contain_text(said)
        office.look(page)
    province = enter("shenganweiban", java_script_enabled=False)
    province.visit(f"/hazards/{hazard.number}/similar-check")
    province.page.get_by_label("地区").select_option("41")
    province.page.get_by_role("button", name="预览").click()
    province.look("preview")
    province.fill(理由="自查软管老化、未装自闭阀")
    province.page.get_by_role("button", name="部署自查").click()
    expect(province.page.get_by_role("status").first).to_contain_text("自查任务已下达")
    expect(province.page.get_by_text("尚未答复").first).to_be_visible()
    province.look("asked")


def test_an_inspector_opens_a_case(site: Site, enter: Enter) -> None:
    hazard = site.register(title=TITLE)
    inspector = enter("jiancha1")
    inspector.visit(f"/hazards/{hazard.number}/enforcement")
    inspector.fill(理由="未按规定安装自闭阀，违反条例规定")
    inspector.page.get_by_role("button", name="立案").click()
    expect(inspector.page.get_by_role("status").first).to_contain_text("已立案")
    inspector.look("opened")
