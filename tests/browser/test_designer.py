"""The designer in a browser: a step is drawn with the mouse, bound in the panel, saved by itself, and undone."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from engine.modelling import begin_draft, file_of, newest_deployment, save_file
from tests.browser.conftest import PHONE, Enter
from tests.browser.site import Site
from tests.browser.test_accessibility import violations
from tests.browser.visitor import Visitor

MAIN = "hazard_lookback.bpmn"
LARGE: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
SAVED = re.compile("^已保存")


@pytest.fixture
def draft(site: Site) -> int:
    """A draft of what is in effect."""
    with site.application.runtime.unit_of_work() as uow:
        deployment = newest_deployment(uow.session)
        assert deployment is not None
        return begin_draft(uow, name="加一道审批", by="sheji", base=deployment.id).id


def opened(enter: Enter, draft: int, name: str = MAIN, account: str = "sheji", **options: Any) -> Visitor:
    """A designer who has a diagram open."""
    designer = enter(account, **{**LARGE, **options})
    designer.page.goto(f"/designer/drafts/{draft}/files/{name}")
    expect_ready(designer.page)
    return designer


def expect_ready(page: Page) -> None:
    expect(page.locator("[data-designer][data-ready=yes]")).to_be_attached()


def element(page: Page, name: str) -> Any:
    return page.locator(f"[data-element-id={name}]").first


def append_step(page: Page, after: str, name: str) -> None:
    """Append a step for people with the pad beside an element, and name it in the diagram."""
    element(page, after).click()
    page.locator(".djs-context-pad [data-action='append.user-task']").click()
    write_name(page, name)


def write_name(page: Page, name: str) -> None:
    """Write into the element that asks for its name."""
    page.locator(".djs-direct-editing-content").wait_for()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.locator(".djs-direct-editing-content").wait_for(state="detached")


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-part=state]")).to_have_text(SAVED)


def stored(site: Site, draft: int) -> str:
    """The main diagram as the draft has it."""
    with site.application.runtime.reading() as uow:
        return file_of(uow.session, draft, MAIN).content.decode()


def content(site: Site, draft: int) -> str:
    """The same, with quotation marks as they were typed."""
    return unescape(stored(site, draft))


def test_an_approval_step_is_drawn_bound_saved_and_there_after_a_reload(site: Site, enter: Enter, draft: int) -> None:
    designer = opened(enter, draft)
    page, panel = designer.page, designer.page.get_by_label("属性", exact=True)
    append_step(page, "closure", "领导审批")
    panel.get_by_label("角色").select_option("committee_office")
    panel.get_by_label("所在单位").select_option("hazard.committee")
    panel.get_by_label("填写的表单").select_option("approve_closure")
    panel.get_by_label("该步骤的时限").select_option("table")
    panel.get_by_label("决策表", exact=True).select_option("deadline")
    panel.get_by_label("临期或超期时").select_option("escalation")
    expect_saved(page)
    designer.look("drawn")
    written = content(site, draft)
    assert "group('committee_office', hazard.committee)" in written
    assert 'ref="approve_closure"' in written
    assert '<lookback:deadline decision="deadline"' in written
    assert "ladder(decide('escalation'), due_at, now())" in written
    page.reload()
    expect_ready(page)
    page.get_by_text("领导审批").first.click(force=True)
    expect(panel.get_by_label("填写的表单")).to_have_value("approve_closure")
    designer.look("reloaded")
    assert violations(page) == []


def test_undo_shows_what_it_changes_and_goes_on_after_a_reload(site: Site, enter: Enter, draft: int) -> None:
    before = content(site, draft)
    designer = opened(enter, draft)
    page = designer.page
    append_step(page, "closure", "领导审批")
    expect_saved(page)
    page.reload()
    expect_ready(page)
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".designer-stage").get_by_text("领导审批")).to_have_count(0)
    assert content(site, draft) == before
    append_step(page, "closure", "再审一次")
    for _ in range(3):
        page.get_by_role("button", name="放大", exact=True).click()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-part=told]")).to_have_text(re.compile("^已撤销"))


def test_the_diagram_is_walked_and_changed_by_keys_alone(site: Site, enter: Enter, draft: int) -> None:
    designer = opened(enter, draft)
    page = designer.page
    page.locator(".designer-stage svg[tabindex]").focus()
    for _ in range(2):
        page.keyboard.press("Alt+ArrowRight")
    told = page.locator("[data-part=told]")
    expect(told).to_have_text(re.compile("自查整改"))
    page.keyboard.press("Alt+ArrowRight")
    expect(told).to_have_text(re.compile("专项检查"))
    page.keyboard.press("a")
    write_name(page, "键盘加的步骤")
    expect_saved(page)
    assert "键盘加的步骤" in content(site, draft)
    page.keyboard.press("Alt+Enter")
    assert page.evaluate("document.querySelector('[data-part=panel]').contains(document.activeElement)")


def test_every_word_of_palette_menus_and_panel_is_chinese(enter: Enter, draft: int) -> None:
    page = opened(enter, draft).page
    element(page, "closure").click()
    page.keyboard.press("r")
    page.locator(".djs-popup").wait_for()
    titled = page.locator(".designer-stage [title]").all()
    shown = [
        *(each.get_attribute("title") or "" for each in titled),
        *page.locator(".djs-popup .djs-popup-label").all_inner_texts(),
    ]
    assert [text for text in shown if re.fullmatch(r"[A-Za-z (),/-]{3,}", text)] == []


def test_who_saves_over_another_s_change_is_asked_what_to_do(site: Site, enter: Enter, draft: int) -> None:
    designer = opened(enter, draft)
    page = designer.page
    with site.application.runtime.unit_of_work() as uow:
        theirs = stored(site, draft).replace("销号审批", "销号审核").encode()
        save_file(uow, draft, MAIN, theirs, by="sheji2", expected_revision=0)
    append_step(page, "closure", "我的步骤")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("保存了该文件")
    designer.look("overtaken")
    dialog.get_by_role("button", name="另存为副本").click()
    page.wait_for_url(re.compile("hazard_lookback_"))
    expect_ready(page)
    expect(page.get_by_text("我的步骤").first).to_be_attached()
    assert "销号审核" in content(site, draft)
    assert "我的步骤" not in content(site, draft)


def test_changes_made_offline_are_kept_and_saved_later(site: Site, enter: Enter, draft: int) -> None:
    page = opened(enter, draft).page
    page.context.route("**/files/**", lambda route: route.abort("internetdisconnected"))
    append_step(page, "closure", "断网时画的")
    expect(page.locator("[data-part=state]")).to_have_text(re.compile("连不上服务器"))
    page.context.unroute("**/files/**")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect_saved(page)
    assert "断网时画的" in content(site, draft)


def test_scripts_in_labels_and_notes_never_run(site: Site, enter: Enter, draft: int) -> None:
    hostile = "<img src=x onerror=window.ran=1><script>window.ran=1</script>"
    written = escape(hostile)
    with site.application.runtime.unit_of_work() as uow:
        drawn = stored(site, draft).replace('name="自查整改"', f'name="{written}"')
        noted = re.sub(r'(<bpmn:callActivity id="self_check"[^>]*>)',
                       rf"\1<bpmn:documentation>{written}</bpmn:documentation>", drawn)  # fmt: skip
        save_file(uow, draft, MAIN, noted.encode(), by="sheji2", expected_revision=0)
    page = opened(enter, draft).page
    element(page, "self_check").click()
    expect(page.get_by_label("说明（供同事查阅）")).to_have_value(hostile)
    page.get_by_role("tab", name="源文件（XML）").click()
    assert page.evaluate("window.ran") is None
    with page.expect_download() as caught:
        page.get_by_role("button", name="导出图片").click()
    assert "<script" not in Path(caught.value.path()).read_text()


def test_a_diagram_is_given_out_and_taken_in(site: Site, enter: Enter, draft: int, tmp_path: Path) -> None:
    page = opened(enter, draft).page
    with page.expect_download() as caught:
        page.get_by_role("button", name="导出 .bpmn").click()
    assert caught.value.suggested_filename == MAIN
    changed = tmp_path / "另一版.bpmn"
    changed.write_text(Path(caught.value.path()).read_text().replace("销号审批", "销号会审"))
    page.locator(".designer-bar input[type=file]").set_input_files(changed)
    expect_saved(page)
    assert "销号会审" in content(site, draft)
    broken = tmp_path / "坏的.bpmn"
    broken.write_text("no xml")
    page.locator(".designer-bar input[type=file]").set_input_files(broken)
    expect(page.locator("[data-part=told]")).to_have_text(re.compile("不是可读取的流程图"))
    assert "销号会审" in content(site, draft)


def test_on_a_phone_the_diagram_is_looked_at(enter: Enter, draft: int) -> None:
    designer = enter("sheji", color_scheme="dark", **PHONE)
    designer.visit(f"/designer/drafts/{draft}/files/{MAIN}")
    page = designer.page
    expect(page.get_by_text("绘制流程图需要更大的屏幕")).to_be_visible()
    expect(page.locator(".designer-picture svg").first).to_be_visible()
    expect(page.locator(".designer-bar")).to_be_hidden()
    designer.look("phone-editor")
    assert not designer.scrolls_sideways()
    assert violations(page) == []
    designer.visit(f"/designer/drafts/{draft}")
    assert not designer.scrolls_sideways()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_drafts_are_read_by_the_rules(enter: Enter, draft: int, scheme: str) -> None:
    designer = enter("sheji", color_scheme=scheme)
    for path in ("/designer", f"/designer/drafts/{draft}", "/designer/drafts/ended?state=discarded"):
        assert designer.visit(path) == 200
        assert violations(designer.page) == []


def test_an_approver_looks_and_cannot_change(enter: Enter, draft: int) -> None:
    approver = enter("liucheng", **LARGE)
    approver.visit(f"/designer/drafts/{draft}/files/{MAIN}")
    expect(approver.page.locator(".diagram-stage svg").first).to_be_visible()
    expect(approver.page.get_by_role("button", name="撤销")).to_have_count(0)
    assert violations(approver.page) == []
