"""Releases in a real browser: compared side by side, approved, put into effect; and nothing written by others runs."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from engine.modelling import begin_draft, file_of, newest_deployment, save_file
from engine.releasing import ReleaseRules
from tests.browser.conftest import DESKTOP, PHONE, Enter
from tests.browser.site import Site
from tests.browser.test_designer_files import ours
from workflows.releases import propose_draft

DIAGRAM, FORM = "closure.bpmn", "forms/approve_closure.form"
SCRIPT = "<img src=x onerror=\"document.title='RAN'\"><script>document.title='RAN'</script>"


def change(site: Site, name: str, old: str, new: str, *, called: str = "复核后销号") -> int:
    """A draft in which some text of a file is another."""
    with site.application.runtime.unit_of_work() as uow:
        newest = newest_deployment(uow.session)
        assert newest is not None
        draft = begin_draft(uow, name=called, by="sheji", base=newest.id).id
        content = file_of(uow.session, draft, name).content.decode()
        assert old in content
        save_file(uow, draft, name, content.replace(old, new).encode(), by="sheji", expected_revision=0)
        return draft


def propose(site: Site, draft: int, comment: str) -> int:
    with site.application.runtime.unit_of_work() as uow:
        return propose_draft(uow, draft, ReleaseRules(), by="sheji", comment=comment).id


def drawn(page: Page) -> None:
    page.wait_for_selector("[data-compare][data-shown=yes]")


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"])
def test_changes_are_seen_on_both_diagrams_and_found_from_the_list(
    site: Site, enter: Enter, size: dict[str, Any], scheme: str
) -> None:
    draft = change(site, DIAGRAM, 'name="审批销号"', 'name="复核并审批销号"')
    designer = enter("sheji", color_scheme=scheme, **size)
    page = designer.page
    assert designer.visit(f"/designer/drafts/{draft}/comparison") == 200
    page.locator("[data-compare]").scroll_into_view_if_needed()
    drawn(page)
    expect(page.locator(".compared-stage .was-changed")).to_have_count(2)
    expect(page.locator(".change-sign")).to_have_text(["≠", "≠"])
    page.get_by_role("button", name="复核并审批销号").click()
    expect(page.locator(".djs-element.is-picked")).to_have_count(2)
    designer.look("picked")
    assert not designer.scrolls_sideways()
    assert ours(page, ".djs-container") == []


def test_a_release_goes_from_its_proposal_into_effect_by_three_people(site: Site, enter: Enter) -> None:
    draft = change(site, FORM, '"审批意见"', '"审批结论"')
    designer, approver, operator = (enter(each) for each in ("sheji", "liucheng", "yunwei"))
    designer.visit(f"/designer/drafts/{draft}/release")
    assert ours(designer.page, ".none") == []
    designer.page.get_by_label("改了什么，为什么").fill("把表单写得更清楚")
    designer.page.get_by_role("button", name="提请").click()
    expect(designer.page.get_by_role("status")).to_contain_text("已提请发布")
    approver.visit("/designer/releases")
    approver.page.get_by_role("link", name="把表单写得更清楚").click()
    approver.look("to-approve")
    approver.page.get_by_role("button", name="同意发布").click()
    expect(approver.page.get_by_role("status")).to_contain_text("您已同意发布")
    assert ours(approver.page, ".djs-container") == []
    operator.page.goto(approver.page.url)
    operator.look("to-deploy")
    operator.page.get_by_role("button", name="立即生效").click()
    expect(operator.page.get_by_role("status").first).to_contain_text("已经生效")
    operator.visit("/designer/deployments")
    assert ours(operator.page, ".none") == []
    operator.page.get_by_role("link", name="回退到此版本").first.click()
    operator.page.get_by_label("理由").fill("新表单不好用")
    operator.page.get_by_label("紧急情况立即回退").check()
    operator.look("going-back")
    operator.page.get_by_role("button", name="回退").click()
    expect(operator.page.get_by_role("status").first).to_contain_text("已恢复生效")
    operator.look("gone-back")


def test_no_script_of_a_diagram_a_form_or_a_comment_ever_runs(site: Site, enter: Enter) -> None:
    quoted = SCRIPT.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    draft = change(site, DIAGRAM, 'name="审批销号"', f'name="{quoted}"', called=SCRIPT)
    release = propose(site, draft, SCRIPT)
    approver = enter("liucheng")
    page = approver.page
    for path in (f"/designer/drafts/{draft}/comparison", f"/designer/releases/{release}", "/designer/releases"):
        assert approver.visit(path) == 200
        if page.locator("[data-compare]").count():
            page.locator("[data-compare]").scroll_into_view_if_needed()
            drawn(page)
            page.get_by_role("button", name="onerror").first.click()
        assert page.title() != "RAN"
        assert page.locator("img[src=x]").count() == 0
