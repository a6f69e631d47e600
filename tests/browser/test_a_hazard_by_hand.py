"""A general hazard goes from registration to closure through the pages, each person in a window of their own."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.acts import agree, confirm, give_opinion, inspect, plan, rectify, verify
from tests.browser.conftest import PHONE, Enter
from tests.browser.site import Site
from tests.workflows.rounds import Rounds
from workflows.hazards.words import Stage

TITLE = "后厨燃气软管老化"
REASON = "报警器未安装"


def test_a_hazard_is_closed_by_its_people_after_it_was_sent_back_once(site: Site, enter: Enter) -> None:
    hazard = site.register(title=TITLE)
    zeren, danwei, jiancha1, jiancha2, xiaohao = map(enter, ("zeren", "danwei", "jiancha1", "jiancha2", "xiaohao"))
    confirm(zeren, TITLE)
    plan(zeren, TITLE, site.today)
    rectify(zeren, TITLE, site.today)
    agree(danwei, TITLE, "同意提交复查")
    verify(jiancha1, TITLE, "退回整改", REASON)
    jiancha2.open(TITLE)
    expect(jiancha2.page.get_by_role("region", name="办理经过")).to_contain_text(REASON)
    agree(jiancha2, TITLE, "同意")

    zeren.open(TITLE)
    expect(zeren.page.get_by_text(f"退回理由：{REASON}")).to_be_visible()
    rectify(zeren, TITLE, site.today)
    agree(danwei, TITLE, "同意提交复查")
    verify(jiancha1, TITLE, "通过", "报警器已安装，整改到位")
    agree(jiancha2, TITLE, "同意")

    rounds = Rounds(site.play)
    [drawn] = rounds.hold(1)
    give_opinion(enter(drawn.expert), TITLE)
    inspect(enter(rounds.leader(drawn), **PHONE), TITLE)
    agree(xiaohao, TITLE, "同意销号")

    closed = site.play.hazard(hazard.number)
    assert (closed.stage, closed.returns) == (Stage.CLOSED, 1)


def test_the_drawn_path_advances_with_the_work(site: Site, enter: Enter) -> None:
    site.register(title=TITLE)
    zeren = enter("zeren")
    zeren.open(TITLE)
    expect(zeren.path("自查整改")).to_have_accessible_name("自查整改 已完成：暂无。当前：签收并确认隐患。")
    confirm(zeren, TITLE)
    zeren.open(TITLE)
    expect(zeren.path("自查整改")).to_have_accessible_name(
        "自查整改 已完成：签收并确认隐患、登记确认情况。当前：制定整改方案。"
    )


def test_whoever_rectified_is_not_offered_the_re_check(site: Site, enter: Enter) -> None:
    hazard = site.register(title=TITLE)
    zeren, danwei = enter("zeren"), enter("danwei")
    confirm(zeren, TITLE)
    plan(zeren, TITLE, site.today)
    rectify(zeren, TITLE, site.today)
    agree(danwei, TITLE, "同意提交复查")
    zeren.page.goto("/inbox")
    expect(zeren.page.get_by_role("heading", name="全部办结")).to_be_visible()
    assert zeren.visit(f"/tasks/{site.task_id(hazard, 'verify_on_site')}") == 200
    expect(zeren.page.get_by_text("这项任务由其他人办理，您可以查看。")).to_be_visible()
    expect(zeren.page.get_by_role("region", name="办理", exact=True).get_by_role("button")).to_have_count(0)


def test_a_phone_is_enough_to_hand_in_a_rectification(site: Site, enter: Enter) -> None:
    hazard = site.register(title=TITLE)
    zeren = enter("zeren", **PHONE)
    assert not zeren.scrolls_sideways()
    confirm(zeren, TITLE)
    plan(zeren, TITLE, site.today)
    zeren.open(TITLE)
    assert not zeren.scrolls_sideways()
    rectify(zeren, TITLE, site.today)
    danwei = enter("danwei", **PHONE)
    danwei.open(TITLE)
    expect(danwei.page.get_by_role("img", name="整改后.png")).to_be_visible()
    assert not danwei.scrolls_sideways()
    assert site.task_id(hazard, "confirm_by_leader")
