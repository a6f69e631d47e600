"""The page of a task: photos over a poor network, drafts, what follows, reasons for a return, and comments."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Response, expect

from tests.browser.acts import agree, confirm, plan, rectify
from tests.browser.conftest import PHONE, Enter
from tests.browser.photos import COPPER, photo
from tests.browser.site import Site
from tests.browser.test_accessibility import violations
from tests.browser.visitor import Visitor

TITLE = "后厨燃气软管老化"
MOUNTAIN_VILLAGE = {"offline": False, "latency": 50, "downloadThroughput": -1, "uploadThroughput": 200 * 1024}
"""A poor network; throughput in bytes a second."""


def noisy(name: str) -> FilePayload:
    """A photo that takes several pieces to send."""
    content = BytesIO()
    Image.frombytes("RGB", (700, 700), os.urandom(700 * 700 * 3)).save(content, "PNG")
    return FilePayload(name=name, mimeType="image/png", buffer=content.getvalue())


@pytest.fixture
def zeren(site: Site, enter: Enter) -> Visitor:
    """The responsible person, looking at a rectification to be done."""
    site.register(title=TITLE)
    person = enter("zeren")
    confirm(person, TITLE)
    plan(person, TITLE, site.today)
    person.open(TITLE)
    return person


def hand_in(person: Visitor, site: Site) -> None:
    person.fill(
        整改情况="软管已全部更换，打压试验合格",
        整改完成日期=f"{site.today}",
        整改前照片=[photo("整改前.png")],
        整改后照片=[photo("整改后.png", COPPER)],
    )


def test_what_follows_is_said_before_anything_is_sent(site: Site, zeren: Visitor) -> None:
    hand_in(zeren, site)
    follows = zeren.page.get_by_role("region", name="提交后")
    expect(follows).to_contain_text("办理“负责人确认整改”")
    zeren.fill(整改情况="")
    expect(follows).to_be_hidden()
    zeren.fill(整改情况="软管已换")
    zeren.page.get_by_role("button", name="先看去向").click()
    expect(zeren.page.get_by_role("region", name="提交后")).to_contain_text("负责人确认整改")
    expect(zeren.question("整改情况")).to_have_value("软管已换")
    zeren.finish("下一步：负责人确认整改")


def test_an_upload_goes_on_by_itself_after_the_page_was_loaded_anew(site: Site, zeren: Visitor) -> None:
    zeren.page.on("dialog", lambda dialog: dialog.accept())
    network = zeren.page.context.new_cdp_session(zeren.page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", MOUNTAIN_VILLAGE)
    with zeren.page.expect_response(is_piece):
        zeren.fill(整改后照片=[noisy("现场.png")])
    zeren.look("under-way")
    task = zeren.page.url
    zeren.page.goto("about:blank")
    network.send("Network.emulateNetworkConditions", {**MOUNTAIN_VILLAGE, "uploadThroughput": -1})
    with zeren.page.expect_response(is_piece) as resumed:
        zeren.page.goto(task)
    assert int(resumed.value.request.headers["upload-offset"]) >= 512 * 1024
    expect(zeren.page.locator("input[name='kept:after_photos']")).to_have_count(1)
    zeren.look("resumed")


def is_piece(answer: Response) -> bool:
    return answer.request.method == "PATCH"


def test_one_of_several_photos_can_be_taken_out(site: Site, zeren: Visitor) -> None:
    zeren.fill(整改后照片=[photo("甲.png"), photo("乙.png", COPPER)])
    chosen = zeren.page.get_by_role("list", name="“整改后照片”已选文件")
    expect(chosen.get_by_role("listitem")).to_have_count(2)
    expect(zeren.page.locator("input[name='kept:after_photos']")).to_have_count(2)
    chosen.get_by_role("listitem").filter(has_text="甲.png").get_by_role("button", name="移除").click()
    expect(chosen.get_by_role("listitem")).to_have_count(1)
    expect(zeren.page.get_by_role("status").filter(has_text="草稿已于")).to_be_visible()
    zeren.page.reload()
    expect(chosen.get_by_role("img")).to_have_count(0)
    expect(chosen.get_by_role("listitem")).to_contain_text("乙.png")


def test_enter_right_after_typing_loses_nothing(site: Site, zeren: Visitor) -> None:
    zeren.question("整改完成资金").press_sequentially("2.5")
    zeren.page.keyboard.press("Enter")
    expect(zeren.page.get_by_role("alert")).to_contain_text("内容尚未保存")
    expect(zeren.question("整改完成资金")).to_have_value("2.5")


def test_a_return_asks_for_its_reason_and_the_button_says_so(site: Site, zeren: Visitor, enter: Enter) -> None:
    rectify(zeren, TITLE, site.today)
    danwei = enter("danwei")
    danwei.open(TITLE)
    danwei.choose("同意提交复查")
    needed = danwei.page.locator(".needed:visible")
    expect(needed).to_have_count(1)
    danwei.choose("退回重新整改")
    expect(needed).to_have_count(2)
    danwei.page.get_by_role("button", name="提交：退回重新整改").click()
    expect(danwei.question("意见或退回理由")).to_have_accessible_description("此项必填。")
    danwei.look("reason")
    danwei.fill(意见或退回理由="照片看不清")
    danwei.finish("下一步：落实整改")


def test_a_colleague_is_told_by_name_in_a_comment(site: Site, zeren: Visitor, enter: Enter) -> None:
    field = zeren.page.get_by_role("textbox", name="留言")
    field.press_sequentially("照片不清，@")
    offered = zeren.page.get_by_role("listbox", name="可提醒的人员").get_by_role("option")
    expect(offered.first).to_be_visible()
    zeren.look("offered")
    zeren.page.keyboard.press("ArrowDown")
    zeren.page.keyboard.press("Enter")
    field.press_sequentially("请补拍")
    zeren.page.get_by_role("button", name="发布").click()
    said = zeren.page.get_by_role("region", name="留言")
    expect(said).to_contain_text("请补拍")
    expect(said.locator(".mention")).to_have_count(1)
    zeren.look("said")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_filled_page_can_be_read_by_everybody_on_a_phone(site: Site, enter: Enter, scheme: str) -> None:
    site.register(title=TITLE)
    person = enter("zeren", color_scheme=scheme, **PHONE)
    confirm(person, TITLE)
    plan(person, TITLE, site.today + timedelta(days=1))
    person.open(TITLE)
    hand_in(person, site)
    expect(person.page.get_by_role("region", name="提交后")).to_be_visible()
    expect(person.page.get_by_text("拍照").first).to_be_visible()
    assert not person.scrolls_sideways()
    person.look("filled")
    assert violations(person.page) == []


def test_a_page_without_scripts_looks_ahead_and_keeps_a_draft(site: Site, enter: Enter) -> None:
    site.register(title=TITLE)
    person = enter("zeren", java_script_enabled=False)
    confirm(person, TITLE)
    plan(person, TITLE, site.today)
    person.open(TITLE)
    hand_in(person, site)
    person.page.get_by_role("button", name="先看去向").click()
    expect(person.page.get_by_role("region", name="提交后")).to_contain_text("负责人确认整改")
    person.look("look-ahead")
    person.page.get_by_role("button", name="保存草稿").click()
    expect(person.page.get_by_role("status").filter(has_text="已恢复")).to_be_visible()
    person.finish("下一步：负责人确认整改")
    agree(enter("danwei", java_script_enabled=False), TITLE, "同意提交复查")
