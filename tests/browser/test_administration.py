"""Administration in a real browser: an administrator names a deputy, who then acts; every page is readable by all."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Enter
from tests.browser.site import Site
from tests.browser.test_accessibility import violations
from workflows.organisations.people import person_by_account

TITLE = "后厨燃气软管老化"
PAGES = (
    "/administration/",
    "/administration/organisations?region=410105",
    "/administration/organisations/new",
    "/administration/people",
    "/administration/people/new",
    "/administration/people/zeren",
    "/administration/people/zeren/leave",
    "/administration/leaves",
    "/administration/campaigns",
    "/administration/campaigns/henan-2022",
    "/administration/calendar",
    "/administration/audit",
    "/account/",
    "/account/password",
)


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"])
def test_every_page_of_administration_can_be_read_by_everybody(enter: Enter, size: dict[str, Any], scheme: str) -> None:
    administrator = enter("guanli", color_scheme=scheme, **size)
    broken: list[str] = []
    for path in (*PAGES, _unit_page(administrator.page)):
        assert administrator.visit(path) == 200
        assert not administrator.scrolls_sideways(), path
        broken += violations(administrator.page)
    assert broken == []


def test_a_person_on_leave_names_a_deputy_who_then_does_the_task(site: Site, enter: Enter) -> None:
    site.register(title=TITLE)
    absent = enter("zeren", **PHONE)
    absent.visit("/account/")
    today = site.today.isoformat()
    absent.page.get_by_label("代办人").fill("danwei")
    absent.page.get_by_label("开始日期").fill(today)
    absent.page.get_by_label("结束日期").fill(today)
    absent.page.get_by_role("button", name="指定代办人").click()
    expect(absent.page.get_by_role("status")).to_contain_text("代办人已指定")
    absent.look("deputy-named")
    deputy = enter("danwei")
    deputy.open(TITLE)
    deputy.look("task-of-the-absent")


def test_a_new_person_begins_with_a_one_time_password(site: Site, enter: Enter) -> None:
    administrator = enter("guanli")
    page = administrator.page
    administrator.visit("/administration/people/new")
    page.get_by_label("账号").fill("lisi")
    page.get_by_label("姓名").fill("李四")
    page.get_by_label("单位", exact=False).first.fill(_unit_name(site))
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="生成一次性密码").click()
    administrator.look("one-time-password")
    password = page.locator(".secret-shown code").inner_text()
    newcomer = enter()
    newcomer.page.goto("/inbox")
    newcomer.page.get_by_label("账号").fill("lisi")
    newcomer.page.get_by_label("密码", exact=True).fill(password)
    newcomer.page.get_by_role("button", name="登录").click()
    expect(newcomer.heading()).to_have_text("修改密码")
    newcomer.look("must-change")
    newcomer.page.get_by_label("当前密码", exact=True).fill(password)
    newcomer.page.get_by_label("新密码", exact=True).fill("春天的郑州下着雨2022")
    newcomer.page.get_by_label("再次输入新密码", exact=True).fill("春天的郑州下着雨2022")
    newcomer.page.get_by_role("button", name="修改密码").click()
    expect(newcomer.heading()).to_have_text("李四")


def test_a_correction_of_the_calendar_shows_on_the_wall(enter: Enter) -> None:
    administrator = enter("guanli")
    page = administrator.page
    year = page.evaluate("new Date().getFullYear() + 1")
    administrator.visit(f"/administration/calendar/{year}")
    page.get_by_label("开始日期").fill(f"{year}-03-10")
    page.get_by_label("假日或补班").fill("全省停工检修")
    page.get_by_label("依据").first.fill("豫政办〔2022〕1号")
    page.get_by_role("button", name="生效").click()
    expect(page.get_by_role("status")).to_contain_text("更正已生效")
    expect(page.locator(".months .is-corrected")).to_have_count(1)
    administrator.look("corrected")


def _unit_page(page: Any) -> str:
    page.goto("/administration/people/zeren")
    return str(page.locator(".crumbs a").get_attribute("href"))


def _unit_name(site: Site) -> str:
    with site.application.runtime.reading() as uow:
        person = person_by_account(uow.session, "zeren")
        assert person is not None
        return person.organisation.name
