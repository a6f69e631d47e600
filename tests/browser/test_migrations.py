"""A migration in a real browser: versions chosen, looked at, moved; readable by everybody on the way."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest
from playwright.sync_api import expect

from engine.definitions import deploy, read_folder
from engine.migrating import work_on_next
from lookback.settings import DefinitionSettings
from tests.browser.conftest import DESKTOP, PHONE, Enter
from tests.browser.site import Site
from tests.browser.test_accessibility import violations

FILE = "self_check.bpmn"


def release_another_version(site: Site) -> None:
    """The signing of a hazard has another name, and the step another id."""
    files = {
        name: content for name, content in read_folder(DefinitionSettings().folder).items() if "scenario" not in name
    }
    text = files[FILE].decode()
    for before, after in (
        ('id="confirm_hazard"', 'id="sign_for"'),
        ('Ref="confirm_hazard"', 'Ref="sign_for"'),
        ("<bpmn:flowNodeRef>confirm_hazard<", "<bpmn:flowNodeRef>sign_for<"),
        ('attachedToRef="confirm_hazard"', 'attachedToRef="sign_for"'),
        ('bpmnElement="confirm_hazard"', 'bpmnElement="sign_for"'),
        ('name="签收并确认隐患"', 'name="签收隐患"'),
    ):
        text = text.replace(before, after)
    files[FILE] = text.encode()
    with site.application.runtime.unit_of_work() as uow:
        deploy(uow, files, by="liucheng")


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"])
def test_instances_are_looked_at_moved_and_moved_back(
    site: Site, enter: Enter, size: dict[str, Any], scheme: str
) -> None:

    site.register(title="后厨燃气软管老化")
    release_another_version(site)
    operator = enter("yunwei", color_scheme=scheme, **size)
    page, broken = operator.page, list[str]()
    operator.visit("/operations/migrations/new?process=hazard_lookback")
    broken += violations(page)
    page.get_by_role("button", name="核对实例").click()
    expect(page.get_by_role("heading", name="正在核对实例")).to_be_visible()
    work_on_next(site.application.runtime, Event())
    expect(page.get_by_role("heading", name="步骤对应关系")).to_be_visible()
    expect(page.locator("[data-both-versions][data-shown=yes]")).to_be_visible()
    assert not operator.scrolls_sideways()
    broken += violations(page)
    page.get_by_label("理由").fill("签收步骤更名")
    page.get_by_role("button", name="迁移 1 个实例").click()
    work_on_next(site.application.runtime, Event())
    expect(page.get_by_text("已完成")).to_be_visible()
    broken += violations(page)
    page.get_by_role("button", name="撤回尚未往下办理的实例").click()
    work_on_next(site.application.runtime, Event())
    expect(page.get_by_text("已撤回").first).to_be_visible()
    assert broken == []
