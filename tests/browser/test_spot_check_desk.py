"""A whole round by hand: the office at the projector, a stranger, an expert, and a team's leader on a phone."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Download, Page, expect

from engine import jobs
from lookback.cli.spot_check import verify as verify_command
from tests.browser.acts import give_opinion, inspect
from tests.browser.conftest import PHONE, Enter
from tests.browser.site import Site
from tests.browser.test_accessibility import violations
from tests.browser.visitor import Visitor
from tests.workflows.play import AGREE, CONFIRM, PLAN, RECTIFICATION
from tests.workflows.rounds import OFFICE, Rounds
from workflows.spot_check.models import RoundStatus

TITLE = "后厨燃气软管老化"
ROUND = "十一月综合抽查"


def test_a_round_is_held_by_four_people(site: Site, enter: Enter, tmp_path: Path) -> None:
    wait_for_draw(site, 2)
    office, stranger = enter(OFFICE), enter()
    address = plan(office)
    promised = promise(office, stranger)
    draw(office)
    check_proof(stranger, promised, tmp_path)
    send_out(office, address, site)

    rounds = Rounds(site.play, id=int(address.rpartition("/")[2]))
    [drawn] = rounds.sampled()
    expert, leader = enter(drawn.expert), enter(rounds.leader(drawn), **PHONE)
    give_opinion(expert, TITLE)
    travel(leader, address, site)
    inspect(leader, TITLE)
    end(office, address)
    assert rounds.round().status is RoundStatus.ENDED


def wait_for_draw(site: Site, count: int) -> None:
    """Bring hazards of today to where they wait for the draw."""
    for _ in range(count):
        play = site.play
        play.register(title=TITLE, found_on=site.today, responsible_name="王建国", responsible_phone="138 0000 0000")
        play.act("zeren", "confirm_hazard", **CONFIRM)
        play.act("zeren", "make_plan", **{**PLAN, "due_on": f"{site.today + timedelta(days=14)}"})
        play.act("zeren", "rectify", **{**RECTIFICATION, "done_on": f"{site.today}"})
        play.act("danwei", "confirm_by_leader", **AGREE)
        play.pass_inspection()


def plan(office: Visitor) -> str:
    """Plan a round for one hazard; its address."""
    page = office.page
    office.visit("/spot-checks/")
    page.get_by_role("link", name="拟定抽查方案").first.click()
    page.get_by_label(re.compile("^轮次名称")).fill(ROUND)
    page.get_by_role("radio", name="按件数").check()
    page.get_by_label("抽取件数").fill("1")
    expect(page.locator("#strata")).to_contain_text("郑州市")
    expect(page.locator("#strata .strata-figures strong").nth(1)).to_have_text("1")
    reads_well(office, "plan")
    page.get_by_role("button", name="保存方案").click()
    expect(office.heading()).to_have_text(ROUND)
    reads_well(office, "planned")
    return re.sub(r"^https?://[^/]+|#.*", "", page.url)


def promise(office: Visitor, stranger: Visitor) -> str:
    """Freeze the list; the hash of the seed as a stranger reads it on the public page."""
    page = office.page
    page.get_by_role("link", name="公开抽取").click()
    reads_well(office, "before-the-promise")
    page.get_by_role("button", name="封存名单并公布校验值").click()
    expect(page.locator("#promise code")).to_have_count(3)
    reads_well(office, "promise")
    stranger.visit("/spot-checks/public/")
    stranger.page.get_by_role("link", name=ROUND).click()
    reads_well(stranger, "promised")
    expect(stranger.page.get_by_text("尚未抽取")).to_be_visible()
    return stranger.page.locator("code").first.inner_text()


def draw(office: Visitor) -> None:
    page = office.page
    page.get_by_role("button", name="抽取", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("请录入见证词")
    reads_well(office, "words-missing")
    page.get_by_label(re.compile("^见证词")).fill("七、十二、三十一")
    page.get_by_label(re.compile("^见证人")).fill("王纪检\n李代表")
    page.get_by_role("button", name="抽取", exact=True).click()
    expect(page.locator(".drawn-rows li")).to_have_count(1)
    page.evaluate("Promise.all(document.getAnimations().map(it => it.finished)).then(() => null)")
    reads_well(office, "drawn")


def check_proof(stranger: Visitor, promised: str, folder: Path) -> None:
    """Load the proof, check it in the browser and with the command, and see that a forged one is found out."""
    page = stranger.page
    page.reload()
    expect(page.get_by_text("七、十二、三十一")).to_be_visible()
    reads_well(stranger, "proof-published")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="下载证明文件").click()
    proof = kept(downloading.value, folder)
    assert CliRunner().invoke(verify_command, [str(proof)]).exit_code == 0
    page.get_by_role("link", name="在浏览器中复验").click()
    page.get_by_label("证明文件").set_input_files(proof)
    expect(page.get_by_role("status")).to_contain_text("抽取符合承诺")
    expect(page.get_by_role("status")).to_contain_text(promised)
    reads_well(stranger, "honest")
    forged = folder / "forged.json"
    written = json.loads(proof.read_text())
    written["words"] = "别的词"
    written["parameters"]["minimum_per_stratum"] = 0
    forged.write_text(json.dumps(written))
    page.get_by_label("证明文件").set_input_files(forged)
    expect(page.get_by_role("status")).to_contain_text("参数与承诺不符")
    reads_well(stranger, "dishonest")


def send_out(office: Visitor, address: str, site: Site) -> None:
    page = office.page
    office.visit(address)
    page.get_by_role("button", name="派出抽查组").click()
    expect(page.get_by_role("status")).to_contain_text("每件隐患都已派组")
    jobs.drain(site.application.runtime)
    reads_well(office, "sent")
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="派了谁，为什么")).to_be_visible()
    reads_well(office, "why")


def travel(leader: Visitor, address: str, site: Site) -> None:
    """Lay the days out on the phone, and read the copy for the road without a network."""
    page = leader.page
    leader.visit("/spot-checks/")
    page.get_by_role("link", name=ROUND).click()
    reads_well(leader, "round-of-the-team")
    page.get_by_role("link", name=re.compile("综合抽查组")).click()
    page.get_by_label("第一天").fill(f"{site.today + timedelta(days=1)}")
    page.get_by_role("button", name="排行程").click()
    expect(page.get_by_role("button", name="保存次序").last).to_be_visible()
    reads_well(leader, "itinerary")
    page.get_by_role("link", name="随身带走").click()
    reads_well(leader, "pocket")
    page.emulate_media(media="print")
    leader.look("printed")
    page.emulate_media(media="screen")
    pocket = page.url
    page.goto("/inbox")
    page.context.set_offline(True)
    page.goto(pocket)
    expect(page.get_by_text(TITLE)).to_be_visible()
    page.context.set_offline(False)


def end(office: Visitor, address: str) -> None:
    office.visit(address)
    reads_well(office, "inspected")
    office.page.get_by_role("button", name="结束本轮").click()
    expect(office.page.get_by_role("status")).to_contain_text("本轮已结束")
    reads_well(office, "ended")


def test_the_office_s_pages_fit_a_phone_in_the_dark(site: Site, enter: Enter) -> None:
    wait_for_draw(site, 1)
    office = enter(OFFICE, color_scheme="dark", **PHONE)
    office.visit("/spot-checks/new")
    reads_well(office, "plan")
    office.visit("/spot-checks/teams")
    reads_well(office, "teams")
    office.page.get_by_role("link", name="省第一综合抽查组").click()
    expect(office.page.get_by_role("heading", name="检查人员")).to_be_visible()
    reads_well(office, "team")


def kept(download: Download, folder: Path) -> Path:
    file = folder / download.suggested_filename
    download.save_as(file)
    return file


def reads_well(person: Visitor, name: str) -> None:
    """The page keeps to WCAG 2.2 AA and to the width of its window; a picture of it is kept."""
    person.look(name)
    assert violations(settled(person.page)) == []
    assert not person.scrolls_sideways()


def settled(page: Page) -> Page:
    page.wait_for_load_state("networkidle")
    return page
