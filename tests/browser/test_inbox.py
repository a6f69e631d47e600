"""The inbox in a real browser: by keys, many tasks at once, news that come by themselves, and filters on a phone."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Locator, expect

from tests.browser.conftest import PHONE, Enter
from tests.browser.site import Site
from tests.browser.test_accessibility import violations
from tests.browser.visitor import Visitor

TITLES = ("后厨燃气软管老化", "疏散通道堆放杂物", "配电箱未接地", "灭火器过期")


def test_an_inbox_is_worked_by_keys_alone(site: Site, enter: Enter) -> None:
    register(site, *TITLES[:3])
    person = enter("zeren")
    for key in "jxjxk":
        person.page.keyboard.press(key)
    expect(person.page.get_by_text("已选2项")).to_be_visible()
    person.look("ticked")
    assert violations(person.page) == []
    person.page.keyboard.press("?")
    expect(person.page.get_by_role("dialog", name="快捷键")).to_be_visible()
    person.look("keys")
    person.page.keyboard.press("Escape")
    person.page.get_by_role("group", name="已勾选的待办").get_by_role("button", name="认领").click()
    expect(person.page.get_by_role("status").first).to_contain_text("已认领2项")
    expect(tab(person, "我的")).to_contain_text("2")
    person.page.keyboard.press("/")
    person.page.keyboard.type("jc?x软管")
    expect(person.page.get_by_role("searchbox")).to_have_value("jc?x软管")
    expect(person.page.get_by_role("group", name="已勾选的待办")).to_be_hidden()
    person.page.keyboard.press("Control+a")
    person.page.keyboard.type("软管")
    person.page.keyboard.press("Enter")
    expect(rows(person)).to_have_count(1)
    person.look("found")
    person.page.keyboard.press("j")
    person.page.keyboard.press("Enter")
    expect(person.heading()).to_have_text(TITLES[0])
    person.page.get_by_role("link", name="← 待办").click()
    expect(person.page).to_have_url(f"{site.address}/inbox?q={quote('软管')}")


def test_news_come_by_themselves_and_nothing_moves_until_asked(site: Site, enter: Enter) -> None:
    register(site, TITLES[0])
    person = enter("zeren")
    person.visit("/inbox")
    register(site, *TITLES[1:3])
    person.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(person.page.get_by_text("有2项新待办")).to_be_visible()
    expect(rows(person)).to_have_count(1)
    expect(person.page).to_have_title("(3) 待办 · 回头看")
    person.look("news")
    assert violations(person.page) == []
    person.page.get_by_role("link", name="有2项新待办").click()
    expect(rows(person)).to_have_count(3)


def test_on_a_phone_the_inbox_is_narrowed_and_a_task_delegated(site: Site, enter: Enter) -> None:
    register(site, *TITLES[:2])
    person = enter("zeren", **PHONE)
    person.page.get_by_role("combobox", name="等级").select_option(label="一般隐患")
    expect(person.page.get_by_role("link", name="取消条件 等级：一般隐患")).to_be_visible()
    person.page.get_by_role("combobox", name="市", exact=True).select_option(label="郑州市")
    expect(person.page.get_by_role("combobox", name="县（市、区）")).to_be_visible()
    person.look("narrowed")
    assert not person.scrolls_sideways()
    assert violations(person.page) == []
    person.page.get_by_role("link", name="取消条件 市：郑州市").click()
    expect(person.page).to_have_url(f"{site.address}/inbox?severity=general")
    person.page.get_by_role("link", name="委派").first.click()
    expect(person.heading()).to_contain_text("委派")
    person.look("delegate")
    assert violations(person.page) == []
    person.visit("/inbox?whose=done")
    expect(person.page.get_by_text("还没有办结的任务")).to_be_visible()
    assert violations(person.page) == []


def register(site: Site, *titles: str) -> None:
    for number, title in enumerate(titles):
        site.register(title=title, description=f"现场检查发现的第{number}处{title}")


def rows(person: Visitor) -> Locator:
    return person.page.locator(".row[data-task]")


def tab(person: Visitor, name: str) -> Locator:
    return person.page.get_by_role("navigation", name="任务范围").get_by_role("link", name=name)
