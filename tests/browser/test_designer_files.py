"""The designer's tables, forms and live checking in a browser."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Enter
from tests.browser.test_accessibility import RULES, violations
from tests.browser.visitor import Visitor

TABLE, FORM, DIAGRAM = "decisions/deadline.dmn", "forms/verify_on_site.form", "closure.bpmn"


def open_draft(visitor: Visitor) -> str:
    """The address of a new draft."""
    page = visitor.page
    visitor.visit("/designer")
    page.fill("form[action='/designer/drafts'] [name=name]", "试改")
    page.click("form[action='/designer/drafts'] button")
    page.wait_for_url("**/designer/drafts/*")
    return urlsplit(page.url).path


def ours(page: Page, library: str) -> list[str]:
    """Where our part of a page breaks which rule; what a library draws in `library` is its own."""
    found: Any = Axe().run(page, context={"exclude": [library]}, options=RULES).response["violations"]
    return [f"{broken['id']}: {node['html']}" for broken in found for node in broken["nodes"]]


def ready(page: Page) -> None:
    page.wait_for_selector("[data-ready=yes]")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_cell_is_checked_as_it_is_saved_and_mended_at_one_press(enter: Enter, scheme: str) -> None:
    designer = enter("sheji", color_scheme=scheme)
    page = designer.page
    draft = open_draft(designer)
    designer.visit(f"{draft}/files/{TABLE}")
    ready(page)
    page.fill("[name=element_id]", "rectify")
    page.fill("[name='hazard.severity']", "major")
    expect(page.locator("[data-part=hits]")).to_have_text("符合第 6 条规则。")
    expect(page.locator("tr[data-hit]")).to_have_count(1)
    cell = page.locator("td.input-cell [contenteditable]").nth(3)
    cell.click()
    cell.fill("'a', 'b'")
    expect(page.locator("td[data-problem=error]")).to_have_count(1)
    expect(page.locator("[data-linting] li")).to_contain_text("第 2 条规则“任务”列")
    designer.look("cell")
    assert ours(page, "[data-part=table]") == []
    page.click("[data-fix]:not([hidden])")
    expect(page.locator("[data-problem]")).to_have_count(0)
    expect(cell).to_have_text("in ('a', 'b')")


def test_a_form_is_changed_and_tried_as_people_will_see_it(enter: Enter) -> None:
    designer = enter("sheji")
    page = designer.page
    draft = open_draft(designer)
    designer.visit(f"{draft}/files/{FORM}")
    ready(page)
    page.locator(".fjs-element", has_text="复查意见").last.click()
    page.locator("[data-part=settings] [data-key=label]").fill("意见")
    page.keyboard.press("Tab")
    expect(page.locator("[data-part=drawn]")).to_contain_text("意见")
    page.click("text=检查所填内容")
    expect(page.locator("[data-part=drawn]")).to_contain_text("这样填写会被退回")
    expect(page.locator("[data-part=state]")).to_contain_text("已保存")
    designer.look("form")
    assert ours(page, "[data-part=form]") == []


@pytest.mark.parametrize("name", [TABLE, FORM])
def test_on_a_phone_a_file_is_read(enter: Enter, name: str) -> None:
    designer = enter("sheji", **PHONE)
    draft = open_draft(designer)
    designer.visit(f"{draft}/files/{name}")
    expect(designer.page.locator(".only-small")).to_be_visible()
    designer.look("phone")
    assert not designer.scrolls_sideways()
    assert violations(designer.page) == []


def test_what_a_drawing_lacks_is_told_at_its_element_and_leads_there(enter: Enter) -> None:
    designer = enter("sheji")
    page = designer.page
    draft = open_draft(designer)
    designer.visit(f"{draft}/files/{DIAGRAM}")
    ready(page)
    page.locator("[data-element-id=approve_closure] .djs-hit").first.click()
    page.keyboard.press("Delete")
    badge = page.locator(".problem-badge")
    expect(badge.first).to_be_visible()
    line = page.locator("[data-linting] li .problem").first
    line.click()
    expect(page.locator(".djs-element.selected").first).to_be_attached()
    designer.look("checked")
