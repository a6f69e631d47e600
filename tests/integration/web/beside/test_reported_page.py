"""Where a hazard lands that is late for the committee's rung: on the committee's own page, until its step is done."""

from __future__ import annotations

import pytest

from tests.integration.web.site import Site
from tests.workflows.late import Late
from tests.workflows.play import CONFIRM, Play
from workflows.escalation.steps import EscalationStep
from workflows.hazards.words import Severity
from workflows.timekeeping import Timekeeping

UNTIL_THE_COMMITTEE_KNOWS = 18


@pytest.fixture
def late(site: Site, play: Play) -> Late:
    """A general hazard that its unit does not stir for, until the committee was told on 25 November."""
    play.register(title="燃气软管老化")
    late = Late(play, Timekeeping())
    late.pass_days(UNTIL_THE_COMMITTEE_KNOWS)
    return late


def page(site: Site, account: str, path: str = "/reported") -> str:
    return site.browser(account).get(path).text


def test_the_hazard_stands_there_with_whom_it_is_and_since_when(site: Site, late: Late) -> None:
    for account in ("anweiban", "lingdao", "shenganweiban", "shenji"):
        shown = page(site, account)
        assert "燃气软管老化" in shown
        assert "签收并确认隐患" in shown
        assert "2022年11月25日 09:00报安委会" in shown


def test_the_inbox_leads_there(site: Site, late: Late) -> None:
    assert "1项逾期隐患" in page(site, "anweiban", "/inbox")
    assert "项逾期隐患" not in page(site, "bumen", "/inbox")
    assert 'href="/reported"' in page(site, "lingdao", "/inbox")


def test_it_leaves_when_the_step_is_done(site: Site, late: Late) -> None:
    late.play.act("zeren", "confirm_hazard", **CONFIRM)
    assert "没有报安委会的隐患" in page(site, "anweiban")
    assert "项逾期隐患" not in page(site, "anweiban", "/inbox")


def test_what_lies_elsewhere_is_another_committee_s(site: Site, late: Late) -> None:
    assert "燃气软管老化" not in page(site, site.stranger())


def test_it_is_nobody_s_but_the_committee_s(site: Site, late: Late) -> None:
    assert site.browser("zeren").get("/reported").status_code == 403
    assert site.visitor().get("/reported").status_code == 302


def test_one_sees_which_are_major_and_which_nobody_takes_care_of(site: Site, late: Late) -> None:
    assert "没有此类隐患" in page(site, "anweiban", "/reported?which=major")
    assert "燃气软管老化" in page(site, "anweiban", "/reported?which=unattended")
    late.play.register(title="储罐泄漏", severity=Severity.MAJOR, criterion="判定标准第四条")
    late.pass_days(12)
    assert "储罐泄漏" in page(site, "anweiban", "/reported?which=major")
    assert "燃气软管老化" not in page(site, "anweiban", "/reported?which=major")


def test_who_takes_care_is_said(site: Site, late: Late) -> None:
    late.pass_days(3)
    assert "尚无人知悉并处理" in page(site, "anweiban")
    late.acknowledge("lingdao", "约谈企业负责人", EscalationStep.TELL_COMMITTEE)
    assert "约谈企业负责人" in page(site, "anweiban")
    assert "没有此类隐患" in page(site, "anweiban", "/reported?which=unattended")


def test_many_are_read_page_by_page_the_longest_late_first(site: Site, play: Play) -> None:
    for number in range(5):
        play.register(title=f"隐患之{number}")
        play.pass_time(days=1)
    Late(play, Timekeeping()).pass_days(20)
    reader = site.browser("anweiban")
    first = reader.get("/reported").text
    assert [f"隐患之{number}" in first for number in range(5)] == [True] * 3 + [False] * 2
    following = first.split('rel="next"')[0].split('href="')[-1].split('"')[0].replace("&amp;", "&")
    second = reader.get(following).text
    assert [f"隐患之{number}" in second for number in range(5)] == [False] * 3 + [True] * 2
