"""Operations in a real browser: the heat over the diagram, and a token moved by clicking, on a desk and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import DESKTOP, PHONE, Enter
from tests.browser.site import Site
from tests.browser.test_accessibility import violations
from tests.browser.visitor import Visitor
from workflows.hazards.models import Hazard


def instance_id(site: Site, hazard: Hazard) -> int:
    with site.application.runtime.reading() as uow:
        found = uow.session.get(Hazard, hazard.id)
        assert found is not None
        assert found.instance_id is not None
        return found.instance_id


def viewer(person: Visitor) -> Locator:
    """The diagram in the viewer, once it has come."""
    person.page.locator("[data-diagram]").scroll_into_view_if_needed()
    shown = person.page.locator("[data-shown=yes]")
    expect(shown).to_have_count(1)
    return shown


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_heat_shows_numbers_that_lead_to_their_tasks(site: Site, enter: Enter, window: dict[str, Any]) -> None:
    for _ in range(3):
        site.register()
    operator = enter("yunwei", **window)
    operator.visit("/operations")
    assert not operator.scrolls_sideways()
    operator.visit("/operations/processes/hazard_lookback?diagram=self_check")
    number = viewer(operator).locator(".heat-number.of-open")
    expect(number).to_have_text("3")
    assert violations(operator.page) == []
    operator.look("heat")
    assert not operator.scrolls_sideways()
    number.dispatch_event("click")
    expect(operator.page.locator("[data-total]")).to_contain_text("3")
    assert violations(operator.page) == []


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_token_is_moved_by_clicking_its_target(site: Site, enter: Enter, window: dict[str, Any]) -> None:
    play = site.play
    hazard = play.register(found_on=site.today)
    play.act("zeren", "confirm_hazard", state="to_rectify")
    operator = enter("yunwei", **window)
    operator.visit(f"/operations/instances/{instance_id(site, hazard)}")
    viewer(operator)
    assert violations(operator.page) == []
    operator.look("instance")
    operator.page.get_by_role("link", name="制定整改方案: 移动").click()
    viewer(operator).locator('[data-element-id="confirm_hazard"] .djs-hit').first.dispatch_event("click")
    expect(operator.page.get_by_label("移到此节点之前")).to_have_value("confirm_hazard")
    operator.page.get_by_role("button", name="试算").click()
    outcome = operator.page.locator(".moved-preview")
    expect(outcome).to_contain_text("“制定整改方案”将不再需要")
    operator.page.locator("#reason-move").fill("方案提前制定")
    operator.look("tried")
    assert violations(operator.page) == []
    operator.page.get_by_role("button", name="移动令牌").click()
    expect(operator.page.get_by_role("status").first).to_contain_text("令牌已移动")
    expect(operator.page.locator(".timeline")).to_contain_text("方案提前制定")
    assert not operator.scrolls_sideways()


def test_ticked_instances_are_acted_on_together(site: Site, enter: Enter) -> None:
    site.register()
    site.register()
    operator = enter("yunwei")
    operator.visit("/operations/instances?status=running")
    operator.page.get_by_label("勾选本页全部").check()
    assert violations(operator.page) == []
    operator.page.get_by_role("button", name="暂停…").click()
    expect(operator.page.locator("[data-total]")).to_contain_text("2")
    operator.page.get_by_label("理由").fill("等待裁定")
    operator.page.get_by_role("button", name="暂停：2 个实例").click()
    expect(operator.page.locator("#batch")).to_contain_text("等待处理")
    assert violations(operator.page) == []
    operator.look("batch")
