"""The statistics in a browser: charts before tables, everything without a script too, and the bulletin on paper."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Enter
from tests.browser.site import Site
from tests.browser.test_accessibility import violations
from workflows.organisations.sectors import Sector

A4 = b"/MediaBox [0 0 594.95"


def fill(site: Site) -> None:
    """Hazards of three sectors, half of them with a time limit that ended some days ago."""
    now = site.application.runtime.clock.now()
    for number in range(12):
        site.register(
            title=f"隐患{number}",
            description=f"描述{number}",
            sector=(Sector.TOWN_GAS, Sector.COAL_MINES, Sector.ROAD_TRAFFIC)[number % 3],
            due_at=now + timedelta(days=(-20, -6, -2, 9)[number % 4]),
        )


@pytest.mark.parametrize(("scheme", "size"), [("light", DESKTOP), ("dark", PHONE)], ids=["light-desktop", "dark-phone"])
def test_a_leader_reads_the_figures(site: Site, enter: Enter, scheme: str, size: dict[str, Any]) -> None:
    fill(site)
    leader = enter("lingdao", color_scheme=scheme, **size)
    assert leader.visit("/statistics") == 200
    page = leader.page
    for chart in page.locator("[data-chart]").all():
        chart.scroll_into_view_if_needed()
        expect(chart.locator("svg")).to_be_visible()
    leader.look("charts")
    assert not leader.scrolls_sideways()
    assert violations(page) == []
    page.locator("[data-switch=ages-table]").click()
    late = page.locator("#ages-table tfoot a")
    expect(late).to_have_text("9")
    expect(page.locator("[data-table=ages-table]")).to_be_hidden()
    leader.look("table")


def test_without_scripts_every_chart_is_a_table(site: Site, enter: Enter) -> None:
    fill(site)
    context = enter("lingdao").page.context
    cookies: Any = context.cookies()
    reader = enter(None, java_script_enabled=False)
    reader.page.context.add_cookies(cookies)
    reader.visit("/statistics")
    for table in ("burn-down-table", "stages-table", "ages-table"):
        expect(reader.page.locator(f"#{table} table")).to_be_visible()
    expect(reader.page.locator("[data-chart]").first).to_be_hidden()


def test_the_bulletin_is_an_official_paper_of_a4_pages(site: Site, enter: Enter) -> None:
    fill(site)
    leader = enter("shenganweiban")
    assert leader.visit("/statistics/bulletin?region=4101") == 200
    expect(leader.page.get_by_role("heading", level=1)).to_contain_text("进展情况的通报")
    assert violations(leader.page) == []
    leader.page.emulate_media(media="print")
    paper = leader.page.pdf(prefer_css_page_size=True)
    pages = re.findall(rb"/MediaBox \[[^\]]+\]", paper)
    assert pages
    assert all(page.startswith(A4) for page in pages)
    assert "masthead" not in leader.page.locator("body").inner_text()
    expect(leader.page.get_by_role("banner")).to_be_hidden()
    for row in leader.page.locator(".paper-table tr").all():
        assert row.evaluate("it => getComputedStyle(it).breakInside") == "avoid"
    wide = "[...document.querySelectorAll('.paper-table')].some(it => it.scrollWidth > it.clientWidth + 1)"
    leader.page.set_viewport_size({"width": 643, "height": 900})  # what A4 leaves between its margins
    assert leader.page.evaluate(wide) is False


def test_an_office_declares_a_zero_report(site: Site, enter: Enter) -> None:
    office = enter("anweiban")
    office.visit("/statistics/zero-reports")
    assert violations(office.page) == []
    office.page.get_by_label(re.compile("^检查情况")).fill("检查餐饮单位12家的燃气管线和报警器")
    office.page.get_by_role("button", name="申报").click()
    expect(office.page.get_by_text("的零报告已登记")).to_be_visible()
    office.look("declared")
