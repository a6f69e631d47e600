"""The ledger in a real browser: the table on desktop and phone, its keys, and an import that is followed to its end."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Enter
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.integration.workflows.ledgers import workbook
from workflows.ledger.import_jobs import importing
from workflows.ledger.keeping import LedgerFiles

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def test_the_ledger_is_filtered_walked_by_keys_and_read_on_a_phone(site: Site, enter: Enter) -> None:
    site.register(title="软管老化")
    site.register(title="阀门锈蚀", description="阀门锈蚀")
    desk = enter("anweiban")
    desk.page.goto("/ledger")
    expect(desk.page.locator("tr[data-row]")).to_have_count(2)
    desk.page.keyboard.press("j")
    desk.page.keyboard.press("j")
    expect(desk.page.locator("tr[data-row] th a").nth(1)).to_be_focused()
    desk.page.locator("select[name=stage]").select_option("closed")
    expect(desk.page.get_by_role("heading", name="没有隐患")).to_be_visible()
    desk.page.get_by_role("link", name="去掉条件： 已销号").click()
    desk.page.locator("summary", has_text="更多条件").click()
    settle(desk, "ledger")
    phone = enter("anweiban", **PHONE)
    phone.page.goto("/ledger")
    assert not phone.scrolls_sideways()
    settle(phone, "ledger-phone")


def test_an_import_is_followed_from_the_file_to_the_ledger(site: Site, enter: Enter, tmp_path: Path) -> None:
    unit = site.register(title="软管老化")
    wrong = {"隐患描述": "灭火器过期", "隐患等级": "很大"}
    right = {"隐患描述": "通道堆放杂物", "隐患等级": "一般"}
    common = {"检查时间": f"{site.today}", "所属行业领域": unit.sector.label, "属地": unit.region_code}
    rows = [{**common, **row, "整改责任单位": unit.unit_name} for row in (wrong, right)]
    desk = enter("anweiban")
    desk.page.goto("/ledger/imports")
    desk.page.get_by_label("文件").set_input_files(workbook(tmp_path / "台账.xlsx", rows))
    desk.page.get_by_role("button", name="上传并核对").click()
    duty = importing(
        site.application.runtime,
        LedgerFiles(site.application.settings.ledger_files),
        site.application.timekeeping.calendar,
    )
    duty.run(Event())
    expect(desk.page.get_by_role("cell", name="很大", exact=True)).to_be_visible()
    settle(desk, "import")
    desk.page.get_by_role("button", name="只导入有效行（1 条）").click()
    duty.run(Event())
    expect(desk.page.get_by_role("heading", name="已登记 1 条隐患")).to_be_visible()
    desk.page.goto("/ledger/new")
    settle(desk, "new")


def settle(visitor: Visitor, name: str) -> None:
    """Keep a picture, and find nothing that hinders anybody."""
    visitor.look(name)
    found = Axe().run(visitor.page, options=RULES).response["violations"]
    assert [(rule["id"], node["target"]) for rule in found for node in rule["nodes"]] == []


def test_without_scripts_a_view_is_saved_too(site: Site, enter: Enter) -> None:
    site.register(title="软管老化")
    desk = enter("anweiban", java_script_enabled=False)
    desk.page.goto("/ledger?q=软管")
    desk.page.locator("summary", has_text="视图").click()
    desk.page.get_by_role("link", name="保存为视图").click()
    desk.page.get_by_label("名称", exact=True).fill("软管")
    desk.page.get_by_role("button", name="保存", exact=True).click()
    expect(desk.page.locator("summary", has_text="软管")).to_be_visible()
