"""Forms forgive: what is wrong is said where it is wrong, what was typed stays, and no mouse is needed."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.acts import agree, confirm, plan, rectify, verify
from tests.browser.conftest import Enter
from tests.browser.photos import photo
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from workflows.cast import DEMO_PASSWORD

TITLE = "后厨燃气软管老化"
WORDS_IN_FOCUS = "document.activeElement.ariaLabel || document.activeElement.innerText"


def press(person: Visitor, *keys: str) -> None:
    for key in keys:
        person.page.keyboard.press(key)


def tab_to(person: Visitor, words: str) -> None:
    """Press Tab until the focus stands on a link or button with these words."""
    for _ in range(40):
        press(person, "Tab")
        if words in person.page.evaluate(WORDS_IN_FOCUS):
            return
    raise AssertionError(f"Tab never reached {words!r}")


def test_each_missing_answer_is_named_beside_its_field_and_what_was_typed_stays(site: Site, enter: Enter) -> None:
    site.register(title=TITLE)
    zeren = enter("zeren")
    confirm(zeren, TITLE)
    plan(zeren, TITLE, site.today)
    zeren.open(TITLE)
    zeren.fill(整改情况="软管已更换", 整改前照片=[photo("整改前.png")])
    zeren.send()
    summary = zeren.page.get_by_role("alert")
    expect(summary).to_contain_text("内容尚未保存，请更正：")
    expect(summary).to_be_focused()
    zeren.look("refused")
    for label in ("整改完成日期", "整改后照片"):
        expect(zeren.question(label)).to_have_accessible_description("此项必填。")
        expect(zeren.question(label)).to_have_attribute("aria-invalid", "true")
    expect(zeren.question("整改情况")).to_have_value("软管已更换")
    expect(zeren.page.get_by_text("整改前.png")).to_be_visible()
    summary.get_by_role("link", name="整改完成日期").click()
    expect(zeren.question("整改完成日期")).to_be_focused()


def test_the_later_of_two_is_told_who_was_faster_and_keeps_the_words(site: Site, enter: Enter) -> None:
    site.register(title=TITLE)
    zeren, danwei, jiancha1, jiancha2 = map(enter, ("zeren", "danwei", "jiancha1", "jiancha2"))
    confirm(zeren, TITLE)
    plan(zeren, TITLE, site.today)
    rectify(zeren, TITLE, site.today)
    agree(danwei, TITLE, "同意提交复查")
    jiancha2.open(TITLE)
    verify(jiancha1, TITLE, "通过", "整改到位")
    jiancha2.choose("退回整改")
    jiancha2.fill(复查意见="报警器没有通电")
    jiancha2.send()
    expect(jiancha2.page.get_by_role("alert")).to_contain_text("先一步完成了这项任务，您填写的内容没有保存。")
    jiancha2.look("conflict")
    kept = jiancha2.page.get_by_role("region", name="您填写的内容")
    expect(kept).to_contain_text("报警器没有通电")
    expect(kept).to_contain_text("退回整改")
    expect(kept.get_by_role("button")).to_have_count(0)


def test_a_keyboard_is_enough_to_sign_in_open_the_first_task_and_finish_it(site: Site, enter: Enter) -> None:
    site.register(title=TITLE)
    zeren = enter()
    zeren.page.goto("/inbox")
    zeren.page.keyboard.type("zeren")
    press(zeren, "Tab")
    zeren.page.keyboard.type(DEMO_PASSWORD)
    press(zeren, "Enter")
    expect(zeren.heading()).to_have_text("待办")
    tab_to(zeren, TITLE)
    zeren.look("focus")
    press(zeren, "Enter")
    expect(zeren.heading()).to_have_text(TITLE)
    tab_to(zeren, "认领")
    press(zeren, "Tab", "Space")
    expect(zeren.page.get_by_role("radio", name="需要整改")).to_be_checked()
    tab_to(zeren, "提交：需要整改")
    press(zeren, "Enter")
    expect(zeren.page.get_by_role("status")).to_contain_text("下一步：制定整改方案")


def test_whoever_leaves_a_half_filled_form_finds_it_as_it_was(site: Site, enter: Enter) -> None:
    site.register(title=TITLE)
    zeren = enter("zeren")
    zeren.open(TITLE)
    zeren.page.on("dialog", lambda dialog: dialog.accept())
    zeren.fill(整改情况="软管已更换")
    zeren.page.get_by_role("link", name="← 待办").click()
    expect(zeren.heading()).to_have_text("待办")
    zeren.open(TITLE)
    expect(zeren.question("整改情况")).to_have_value("软管已更换")
    expect(zeren.page.get_by_role("status").filter(has_text="已恢复")).to_be_visible()
    zeren.page.get_by_role("button", name="放弃草稿").click()
    expect(zeren.question("整改情况")).to_have_value("")


def test_a_page_without_scripts_does_all_that_matters(site: Site, enter: Enter) -> None:
    site.register(title=TITLE)
    zeren = enter("zeren", java_script_enabled=False)
    confirm(zeren, TITLE)
    plan(zeren, TITLE, site.today)
    rectify(zeren, TITLE, site.today)
    zeren.page.locator(".whoami-menu summary").click()
    zeren.page.get_by_role("button", name="English").click()
    expect(zeren.heading()).to_have_text("Inbox")
