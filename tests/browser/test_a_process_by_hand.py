"""A process is changed by hand, from the drawing to the hazard that goes through it: drawn, bound, tried out, released,
worked, with running instances moved, and rolled back."""

from __future__ import annotations

from threading import Event

import pytest
from playwright.sync_api import Locator, Page, expect

from engine.migrating import work_on_next
from engine.modelling import begin_draft, draft_files, file_of, newest_deployment, remove_file
from tests.browser.acts import agree
from tests.browser.conftest import Enter
from tests.browser.site import Site
from tests.browser.test_designer import LARGE, MAIN, element, expect_ready, expect_saved

STEP = "登记审核"
OLD, NEW = "老隐患", "新隐患"


@pytest.fixture
def draft(site: Site) -> int:
    """A draft of what is in effect, without the scenarios: these say how a hazard went before."""
    with site.application.runtime.unit_of_work() as uow:
        deployment = newest_deployment(uow.session)
        assert deployment is not None
        begun = begin_draft(uow, name="登记以后先审核", by="sheji", base=deployment.id)
        for name in draft_files(uow.session, begun.id):
            if name.endswith(".scenario"):
                now = file_of(uow.session, begun.id, name)
                remove_file(uow, begun.id, name, by="sheji", expected_revision=now.revision)
        return begun.id


def test_a_new_approval_step_comes_into_the_main_process_and_goes_again(site: Site, enter: Enter, draft: int) -> None:
    site.register(title=OLD)
    designer, approver, operator = (enter(each, **LARGE) for each in ("sheji", "liucheng", "yunwei"))
    draw(designer.page, draft)
    designer.look("drawn")
    try_out(designer.page, draft)
    designer.look("tried")
    release(designer.page, approver.page, operator.page, draft)
    operator.look("in-effect")
    site.register(title=NEW)
    agree(enter("anweiban"), NEW, "同意提交复查")
    person = enter("zeren")
    person.open(NEW)
    expect(person.page.get_by_text("签收并确认隐患").first).to_be_visible()
    move_the_old(operator.page, site)
    operator.look("moved")
    roll_back(operator.page)
    operator.look("rolled-back")


def draw(page: Page, draft: int) -> None:
    """Put a step for people onto the flow before the self-check, and say who does it with which form and by when."""
    page.goto(f"/designer/drafts/{draft}/files/{MAIN}")
    expect_ready(page)
    expect(page.get_by_text("没有须改正之处")).to_be_visible()
    x, y = between(element(page, "start"), element(page, "self_check"))
    page.locator(".djs-palette [data-action='create.user-task']").click()
    page.mouse.move(x + 30, y + 30)
    page.mouse.move(x, y, steps=5)
    page.mouse.click(x, y)
    panel = page.get_by_label("属性", exact=True)
    panel.get_by_label("名称", exact=True).fill(STEP)
    panel.get_by_label("角色").select_option("committee_office")
    panel.get_by_label("所在单位").select_option("hazard.committee")
    panel.get_by_label("填写的表单").select_option("confirm_by_leader")
    panel.get_by_label("该步骤的时限").select_option("days")
    expect_saved(page)


def between(left: Locator, right: Locator) -> tuple[float, float]:
    """The middle of the flow from one element to the next on its right."""
    one, other = left.bounding_box(), right.bounding_box()
    assert one is not None
    assert other is not None
    return (one["x"] + one["width"] + other["x"]) / 2, other["y"] + other["height"] / 2


def try_out(page: Page, draft: int) -> None:
    """Play the office in a trial, until the hazard is where it began before."""
    page.goto(f"/designer/drafts/{draft}/trials")
    page.get_by_label("试运行名称").fill("登记以后先审核")
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.get_by_text(STEP).first).to_be_visible()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="提交并完成本步骤").click()
    expect(page.get_by_text("签收并确认隐患").first).to_be_visible()


def release(designer: Page, approver: Page, operator: Page, draft: int) -> None:
    """Propose it, have it approved by a second person, and put into effect by a third."""
    designer.goto(f"/designer/drafts/{draft}/release")
    designer.get_by_label("改了什么，为什么").fill("登记以后先审核")
    designer.get_by_role("button", name="提请").click()
    approver.goto("/designer/releases")
    approver.get_by_role("link", name="登记以后先审核").click()
    approver.get_by_role("button", name="同意发布").click()
    operator.goto(approver.url)
    operator.get_by_role("button", name="立即生效").click()
    expect(operator.get_by_role("status").first).to_contain_text("已经生效")


def move_the_old(page: Page, site: Site) -> None:
    """Bring the hazard that was under way before to the new version."""
    page.goto("/operations/migrations/new?process=hazard_lookback")
    page.get_by_role("button", name="核对实例").click()
    work_on_next(site.application.runtime, Event())
    page.get_by_label("理由").fill("登记以后先审核")
    page.get_by_role("button", name="迁移 1 个实例").click()
    work_on_next(site.application.runtime, Event())
    expect(page.get_by_text("已完成")).to_be_visible()


def roll_back(page: Page) -> None:
    """Bring the version before into effect again, at once."""
    page.goto("/designer/deployments")
    page.get_by_role("link", name="回退到此版本").first.click()
    page.get_by_label("理由").fill("多了一道手续")
    page.get_by_label("紧急情况立即回退").check()
    page.get_by_role("button", name="回退").click()
    expect(page.get_by_role("status").first).to_contain_text("已恢复生效")
