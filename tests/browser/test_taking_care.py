"""A leader takes care of a late hazard in a real browser, and the committee sees who does; read by everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from engine.storage.models import UserTask
from tests.browser.conftest import PHONE, Enter
from tests.browser.site import Site
from tests.browser.test_accessibility import violations
from workflows.escalation.models import Notice
from workflows.escalation.steps import EscalationStep
from workflows.escalation.taking import take
from workflows.hazards.models import Hazard

TITLE = "后厨燃气软管老化"


@pytest.fixture
def late(site: Site) -> Hazard:
    """A hazard so late that its unit's leader was told, and the committee; everything has been delivered."""
    hazard = site.register(title=TITLE)
    task_id = site.task_id(hazard, "confirm_hazard")
    with site.application.runtime.unit_of_work() as uow:
        task = uow.session.get_one(UserTask, task_id)
        due_at = uow.now - timedelta(days=20)
        task.due_at = due_at
        for step in (EscalationStep.TELL_UNIT_LEADER, EscalationStep.TELL_COMMITTEE):
            take(uow, task, step, due_at, site.application.timekeeping)
        uow.session.execute(update(Notice).values(delivered_at=uow.now))
    return hazard


def test_a_leader_takes_care_and_the_committee_sees_it(site: Site, enter: Enter, late: Hazard) -> None:
    leader = enter("danwei")
    leader.visit("/notices")
    assert violations(leader.page) == []
    leader.page.get_by_role("link", name=TITLE).click()
    leader.page.get_by_label("拟采取的措施").fill("今日安排专人整改")
    assert violations(leader.page) == []
    leader.page.get_by_role("button", name="知悉并处理").click()
    expect(leader.page.get_by_role("status").first).to_contain_text("已登记")
    expect(leader.page.locator("#limits")).to_be_visible()
    leader.look("taken-care")
    office = enter("anweiban")
    office.page.get_by_role("link", name="1项逾期隐患").click()
    expect(office.heading()).to_have_text("报安委会的逾期隐患")
    expect(office.page.get_by_text("今日安排专人整改")).to_be_visible()
    office.look("reported")
    assert violations(office.page) == []


def test_on_a_phone_in_the_dark_one_click_is_enough(site: Site, enter: Enter, late: Hazard) -> None:
    leader = enter("lingdao", color_scheme="dark", **PHONE)
    leader.visit("/reported")
    assert violations(leader.page) == []
    leader.visit("/notices")
    assert violations(leader.page) == []
    leader.page.get_by_role("button", name="知悉并处理").click()
    expect(leader.page.get_by_text("没有未读通知")).to_be_visible()
    leader.visit("/notices/read")
    expect(leader.page.get_by_text("已知悉并处理")).to_be_visible()
    assert violations(leader.page) == []


def test_read_receipts_are_readable(site: Site, enter: Enter, late: Hazard) -> None:
    auditor = enter("shenji")
    for path in ("/administration/receipts", "/administration/receipts?account=nobody"):
        assert auditor.visit(path) == 200
        assert violations(auditor.page) == []
