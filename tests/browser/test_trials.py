"""Try it out, by hand: a designer plays the roles of a draft, lets time pass, keeps a scenario, and lets tokens run."""

from __future__ import annotations

from playwright.sync_api import expect

from engine.modelling import begin_draft, newest_deployment
from tests.browser.conftest import PHONE, Enter
from tests.browser.site import Site
from tests.browser.test_accessibility import violations
from tests.browser.visitor import Visitor


def a_draft(site: Site) -> int:
    """A draft of what is in effect."""
    with site.application.runtime.unit_of_work() as uow:
        deployment = newest_deployment(uow.session)
        assert deployment is not None
        return begin_draft(uow, name="试一试", by="sheji", base=deployment.id).id


def begin(designer: Visitor, draft: int) -> None:
    """Begin a trial of a general hazard today."""
    designer.page.goto(f"/designer/drafts/{draft}/trials")
    designer.page.get_by_label("试运行名称").fill("逾期会通知谁")
    designer.look("begin")
    designer.page.get_by_role("button", name="开始", exact=True).click()


def test_a_designer_tries_a_draft_and_keeps_what_came_of_it(site: Site, enter: Enter) -> None:
    draft = a_draft(site)
    designer = enter("sheji")
    page = designer.page
    begin(designer, draft)
    expect(page.get_by_text("签收并确认隐患").first).to_be_visible()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="提交并完成本步骤").click()
    page.get_by_role("button", name="到下一时刻").click()
    expect(page.get_by_text("即时送达").first).to_be_visible()
    page.locator(".diagram").scroll_into_view_if_needed()
    expect(page.locator(".diagram.viewed")).to_be_visible()
    designer.look("told")
    assert violations(page) == []
    page.get_by_role("button", name="退一步").click()
    page.get_by_role("button", name="重做这一步").click()
    page.get_by_text("存为场景").first.click()
    designer.look("keep")
    assert violations(page) == []
    page.get_by_role("button", name="保存场景").click()
    page.get_by_role("button", name="全部运行").click()
    expect(page.get_by_text("全部场景通过")).to_be_visible()
    designer.look("passed")
    assert violations(page) == []


def test_a_trial_is_readable_on_a_phone(site: Site, enter: Enter) -> None:
    draft = a_draft(site)
    designer = enter("sheji", **PHONE)
    begin(designer, draft)
    designer.look("trial")
    assert not designer.scrolls_sideways()
    assert violations(designer.page) == []


def test_tokens_run_over_the_diagram_and_leave_the_draft_alone(site: Site, enter: Enter) -> None:
    draft = a_draft(site)
    designer = enter("sheji")
    page = designer.page
    page.goto(f"/designer/drafts/{draft}/files/closure.bpmn")
    switch = page.get_by_role("button", name="令牌演示")
    expect(page.locator("[data-ready=yes]")).to_be_visible()
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    page.get_by_title("触发").first.click()
    expect(page.locator(".bts-token").first).to_be_attached()
    designer.look("tokens")
    switch.click()
    expect(page.locator(".simulation")).to_have_count(0)
    expect(page.locator("[data-part=state]")).to_have_attribute("data-state", "saved")
