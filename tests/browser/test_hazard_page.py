"""The page of a hazard in a real browser: everyone reads it, its diagram can be moved, its card is one sheet."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from lookback.demo_photo import picture
from tests.browser.conftest import DESKTOP, PHONE, Enter
from tests.browser.site import Site
from tests.browser.test_accessibility import violations
from tests.browser.visitor import Visitor
from tests.workflows.play import Play
from web.uploads import keep
from workflows.hazards.models import Hazard

TITLE = "后厨燃气软管老化"
LONG = "后厨燃气软管老化开裂，未装自闭阀，报警器没有通电，现场有明火作业，人员未撤离。" * 30
A4 = (594.96, 841.92)
"""Points."""


def sent_back_once(site: Site) -> Hazard:
    """A hazard that was rectified, sent back by the department, and waits to be rectified again."""
    play = site.play
    hazard = play.register(title=TITLE, description=LONG, found_on=site.today)
    hand_in(site, play, photos=1)
    play.act("jiancha1", "verify_on_site", result="return", opinion="报警器未安装", photos=[])
    play.act("jiancha2", "countersign", decision="agree")
    return hazard


def hand_in(site: Site, play: Play, *, photos: int) -> None:
    """Let the unit plan, rectify and confirm a hazard, with so many photos of each kind."""
    due_on = f"{site.today + timedelta(days=14)}"
    play.act("zeren", "confirm_hazard", state="to_rectify")
    play.act("zeren", "make_plan", measures=LONG[:900], responsible_name="王建国", due_on=due_on)
    before = [kept(site, f"整改前{n}.png", (n * 9, 80, 90)) for n in range(photos)]
    after = [kept(site, f"整改后{n}.png", (n * 9, 128, 110)) for n in range(photos)]
    play.act("zeren", "rectify", done=LONG[:900], done_on=f"{site.today}", before_photos=before, after_photos=after)
    play.act("danwei", "confirm_by_leader", decision="agree")


def kept(site: Site, name: str, colour: tuple[int, int, int]) -> str:
    """A photo in the store of uploads, by its reference."""
    return keep(site.application.settings.uploads, picture(colour), name)


def address(hazard: Hazard, tail: str = "") -> str:
    return f"/hazards/{quote(hazard.number)}{tail}"


def viewer(person: Visitor) -> Locator:
    """The diagram in the viewer, once it has come."""
    person.page.locator("#path").scroll_into_view_if_needed()
    shown = person.page.locator("[data-shown=yes]")
    expect(shown).to_have_count(1)
    return shown


@pytest.mark.parametrize(
    ("language", "scheme", "size"),
    [("中文", "light", DESKTOP), ("中文", "dark", PHONE), ("English", "light", PHONE)],
    ids=["chinese-light-desktop", "chinese-dark-phone", "english-light-phone"],
)
def test_everybody_can_read_the_page_and_the_card(
    site: Site, enter: Enter, language: str, scheme: str, size: dict[str, Any]
) -> None:
    hazard = site.register(title=TITLE, description=LONG)
    person = enter("anweiban", color_scheme=scheme, **size)
    if language == "English":
        person.page.locator("summary").first.click()
        person.page.get_by_role("button", name="English").click()
    assert person.visit(address(hazard)) == 200
    viewer(person)
    person.look("viewer")
    broken = violations(person.page)
    assert not person.scrolls_sideways()
    assert person.visit(address(hazard, "/card")) == 200
    broken += violations(person.page)
    assert not person.scrolls_sideways()
    assert broken == []


def test_the_page_tells_what_happened_and_what_is_to_come(site: Site, enter: Enter) -> None:
    hazard = sent_back_once(site)
    office = enter("anweiban")
    office.visit(address(hazard))
    waiting = office.page.get_by_role("region", name="当前待办")
    expect(waiting).to_contain_text("落实整改")
    limits = office.page.get_by_role("region", name="整改时限")
    expect(limits).to_contain_text("将告知")
    expect(limits).to_contain_text("任务办结，后续提醒即止")
    story = office.page.locator("#story")
    expect(story).to_contain_text("在“专项检查”环节退回整改")
    expect(story).to_contain_text("报警器未安装")
    story.get_by_role("link", name="步骤与决定").click()
    expect(story.get_by_role("link", name="步骤与决定")).to_have_attribute("aria-current", "page")
    expect(story).to_contain_text("现场核查：未通过")
    waiting.get_by_role("link", name="落实整改").click()
    expect(office.heading()).to_have_text(TITLE)


def test_the_diagram_shows_the_work_and_can_be_moved_without_a_mouse(site: Site, enter: Enter) -> None:
    hazard = sent_back_once(site)
    office = enter("anweiban")
    office.visit(address(hazard))
    diagram = viewer(office)
    expect(diagram.locator("[data-element-id=self_check].is-current")).to_have_count(1)
    expect(diagram.locator("[data-element-id=special_inspection].is-done")).to_have_count(1)
    expect(diagram.locator(".bjs-powered-by")).to_be_visible()
    expect(diagram.get_by_role("img", name="已完成：")).to_have_count(1)
    office.page.get_by_role("link", name="自查整改", exact=True).click()
    expect(office.page.locator("[data-shown=yes] [data-element-id=rectify].is-current")).to_have_count(1)
    expect(office.page.locator(".doings .current")).to_contain_text("待")
    diagram = viewer(office)
    before = diagram.locator(".viewport").get_attribute("transform")
    diagram.get_by_role("button", name="放大").click()
    larger = diagram.locator(".viewport").get_attribute("transform")
    assert larger != before
    diagram.locator("svg[tabindex]").focus()
    office.page.keyboard.press("ArrowLeft")
    assert diagram.locator(".viewport").get_attribute("transform") != larger
    office.look("moved")


def test_without_scripts_the_drawing_and_the_older_entries_are_there(site: Site, enter: Enter) -> None:
    hazard = sent_back_once(site)
    office = enter("anweiban", java_script_enabled=False)
    office.visit(address(hazard))
    expect(office.path("安全生产大检查")).to_be_visible()
    office.page.get_by_role("link", name="专项检查", exact=True).click()
    expect(office.path("专项检查")).to_be_visible()
    office.page.get_by_role("link", name="提醒", exact=True).click()
    expect(office.page.locator("#story")).to_contain_text("没有此类记录")


def test_the_card_is_one_sheet_however_much_there_is_to_say(site: Site, enter: Enter) -> None:
    hazard = site.register(title=f"{TITLE}，{LONG[:180]}", description=LONG, requirements=LONG, criterion=LONG[:250])
    zeren = enter("zeren")
    zeren.visit(address(hazard, "/card"))
    sheets = printed(zeren)
    assert len(sheets.pages) == 1
    box = sheets.pages[0].mediabox
    assert (round(float(box.width), 2), round(float(box.height), 2)) == pytest.approx(A4, abs=1)
    text = written_on(sheets)
    assert hazard.number in text
    assert "......(" in text


def test_the_card_of_a_hazard_with_many_photos_is_one_sheet_with_all_signatures(site: Site, enter: Enter) -> None:
    play = site.play
    hazard = play.register(title=TITLE, description=LONG, found_on=site.today)
    hand_in(site, play, photos=6)
    play.act("jiancha1", "verify_on_site", result="pass", opinion=LONG[:600], photos=[])
    play.act("jiancha2", "countersign", decision="agree")
    office = enter("anweiban", color_scheme="dark")
    office.visit(address(hazard, "/card"))
    office.page.wait_for_load_state("networkidle")
    sheets = printed(office)
    assert len(sheets.pages) == 1
    text = written_on(sheets)
    for stage in ("自查整改", "专项检查", "督促检查", "销号审批"):
        assert stage in text


def printed(person: Visitor) -> PdfReader:
    """The page as the browser prints it, and a picture of it beside the others."""
    person.album.mkdir(parents=True, exist_ok=True)
    document = person.page.pdf(prefer_css_page_size=True, path=person.album / "card.pdf")
    return PdfReader(BytesIO(document))


def written_on(sheets: PdfReader) -> str:
    """The text of the first sheet, in ordinary letters: fonts name some by their radicals."""
    return normalize("NFKC", sheets.pages[0].extract_text()).replace("\n", "")


def test_the_pages_photos_stand_side_by_side(site: Site, enter: Enter) -> None:
    hazard = sent_back_once(site)
    zeren = enter("zeren", **PHONE)
    zeren.visit(address(hazard))
    evidence = zeren.page.get_by_role("region", name="证明材料")
    expect(evidence.get_by_role("img", name="整改后0.png")).to_be_visible()
    before = evidence.get_by_role("img", name="整改前0.png").bounding_box()
    after = evidence.get_by_role("img", name="整改后0.png").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 4
