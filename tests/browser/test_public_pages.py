"""The pages for everybody and the notices in a real Chromium: without an account, on desktop and phone, by keyboard."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Enter
from tests.browser.site import Site
from tests.browser.test_accessibility import violations
from workflows.exposure import propose_exposure
from workflows.exposure.steps import Decision, Draft, keep_draft, make_public
from workflows.good_practice import Proposal, approve, propose
from workflows.hazards.facts import hazard_of

TEXT = "某烩面馆后厨燃气软管老化，逾期未改，已责令停业整顿。"


def publish(site: Site) -> None:
    """One exposed case and one good practice, as their approval leaves them."""
    hazard = site.register(title="后厨燃气软管老化")
    with site.application.runtime.unit_of_work() as uow:
        record = propose_exposure(uow, hazard_of(uow.session, hazard.number), reason="屡改屡犯", by="jiancha1")
        draft = Draft(completed_by="anweiban", headline="软管老化逾期未改", public_text=TEXT, media="河南日报")
        keep_draft(uow, record, draft)
        make_public(uow, record, Decision(completed_by="lingdao", opinion="同意"))
        text = "逐户加装自闭阀和报警器，三个月无泄漏报警。"
        proposal = Proposal(title="燃气报警器全覆盖", text=text, region_code="410105")
        approve(uow, propose(uow, proposal, by="anweiban"), by="lingdao")


@pytest.mark.parametrize(
    ("language", "scheme", "size"),
    [("zh", "light", DESKTOP), ("zh", "dark", PHONE), ("en", "light", PHONE), ("en", "dark", DESKTOP)],
    ids=["chinese-light-desktop", "chinese-dark-phone", "english-light-phone", "english-dark-desktop"],
)
def test_everybody_can_read_what_is_public(
    site: Site, enter: Enter, language: str, scheme: str, size: dict[str, Any]
) -> None:
    publish(site)
    stranger, broken = enter(color_scheme=scheme, **size), list[str]()
    for path, status in {
        "/public": 200,
        "/public/cases": 200,
        "/public/cases/1": 200,
        "/public/good-practice": 200,
        "/public/good-practice/1": 200,
        "/public/cases/99": 404,
    }.items():
        assert stranger.visit(f"{path}?lang={language}") == status
        assert not stranger.scrolls_sideways(), path
        broken += violations(stranger.page)
    assert broken == []


def test_a_case_is_found_by_keyboard_and_filter(site: Site, enter: Enter) -> None:
    publish(site)
    stranger = enter()
    stranger.visit("/public/cases")
    stranger.page.get_by_label("行业").select_option("coal_mines")
    if stranger.page.get_by_role("link", name="软管老化逾期未改").count():
        stranger.page.get_by_role("button", name="筛选").press("Enter")
    expect(stranger.page.get_by_text("没有符合条件的内容")).to_be_visible()
    stranger.page.get_by_role("link", name="显示全部").press("Enter")
    stranger.page.get_by_role("link", name="软管老化逾期未改").press("Enter")
    expect(stranger.page.get_by_text(TEXT)).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_good_practice_is_proposed_by_one_and_approved_by_another(
    site: Site, enter: Enter, size: dict[str, Any]
) -> None:
    office = enter("anweiban", **size)
    office.visit("/good-practice/new")
    office.fill(标题="燃气报警器全覆盖", 正文="逐户加装自闭阀和报警器。", 照片=[photo()])
    office.question("地区").select_option("410105")
    office.look("filled")
    office.page.get_by_role("button", name="提请").click()
    expect(office.page.get_by_text("本人推荐的本人不能审核")).to_be_visible()
    broken = violations(office.page)
    leader = enter("lingdao", **size)
    leader.visit("/good-practice")
    leader.page.get_by_role("link", name="燃气报警器全覆盖").click()
    broken += violations(leader.page)
    leader.page.get_by_role("button", name="同意发布").click()
    leader.look("published")
    stranger = enter(**size)
    stranger.visit("/public/good-practice/1")
    expect(stranger.page.get_by_role("img", name="“燃气报警器全覆盖”照片1")).to_be_visible()
    assert broken == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_notices_say_what_they_are_for(site: Site, enter: Enter, size: dict[str, Any]) -> None:
    person, broken = enter("bumen", **size), list[str]()
    for path in ("/notices", "/notices/read", "/notices/digests"):
        assert person.visit(path) == 200
        assert not person.scrolls_sideways()
        broken += violations(person.page)
    assert broken == []


def photo() -> dict[str, Any]:
    content = BytesIO()
    Image.new("RGB", (320, 240), (90, 120, 100)).save(content, "JPEG")
    return {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}
