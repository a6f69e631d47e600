"""What a person was told: those to act on first, each hazard once, and nothing that has been settled meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask import render_template_string
from sqlalchemy import select

from engine.runtime import Runtime
from tests.integration.web.site import Browser, Site
from tests.workflows.play import CONFIRM, Play
from workflows.comments import comment
from workflows.escalation.digests import deliver_digests
from workflows.escalation.models import Notice
from workflows.escalation.notices import release_held
from workflows.escalation.reading import count_unread
from workflows.hazards.facts import hazard_of
from workflows.timekeeping import Timekeeping


def pass_days(play: Play, days: int) -> None:
    """Days on which timers fire, held notices come and digests are delivered."""
    for _ in range(days):
        play.pass_time(days=1)
        deliver(play.runtime)


def deliver(runtime: Runtime) -> None:
    with runtime.unit_of_work() as uow:
        release_held(uow, limit=1000)
    deliver_digests(runtime, Timekeeping())


@pytest.fixture
def late(play: Play) -> Play:
    """A hazard that its unit does not even confirm, long enough for leaders to hear of it."""
    play.register(title="燃气软管老化")
    pass_days(play, 14)
    return play


def told(site: Site) -> Sequence[Notice]:
    with site.runtime.reading() as uow:
        return uow.session.scalars(select(Notice).order_by(Notice.id)).all()


def page(site: Site, account: str, path: str = "/notices") -> str:
    return site.browser(account).get(path).text


def bell(site: Site, account: str) -> int:
    with site.runtime.reading() as uow:
        return count_unread(uow.session, account)


def test_a_hazard_is_told_once_however_often_it_was_said(site: Site, late: Play) -> None:
    assert len([it for it in told(site) if it.recipient == "zeren"]) > 1
    shown = page(site, "zeren")
    assert shown.count(">燃气软管老化</a>") == 1
    assert "需要您办理" in shown
    assert "您是这项任务的办理人" in shown


def test_a_leader_reads_why(site: Site, late: Play) -> None:
    shown = page(site, "bumen")
    assert "请您知悉" in shown
    assert "您所在部门是该隐患的行业主管部门" in shown


def test_what_was_settled_meanwhile_is_folded_and_not_counted(site: Site, late: Play) -> None:
    assert bell(site, "bumen") > 0
    late.act("zeren", "confirm_hazard", **CONFIRM)
    shown = page(site, "bumen")
    assert "另有1项隐患已办理" in shown
    assert "请您知悉" not in shown
    assert bell(site, "bumen") == 0


def test_a_group_and_then_everything_is_marked_as_read(site: Site, late: Play) -> None:
    office: Browser = site.browser("zeren")
    office.get("/notices")
    assert bell(site, "zeren") > 0
    up_to = office.hidden("up_to")
    assert office.post("/notices/read", up_to=up_to).status_code == 302
    assert bell(site, "zeren") == 0
    assert "没有未读通知" in page(site, "zeren")
    assert "燃气软管老化" in page(site, "zeren", "/notices/read")


def test_nobody_marks_what_somebody_else_was_told(site: Site, late: Play) -> None:
    mine = next(it for it in told(site) if it.recipient == "zeren")
    other = site.browser("danwei")
    other.get("/notices")
    before = bell(site, "zeren")
    other.post("/notices/read", id=str(mine.id))
    assert bell(site, "zeren") == before


def test_a_digest_holds_its_day_s_entries_for_its_reader_only(site: Site, late: Play) -> None:
    listed = page(site, "bumen", "/notices/digests")
    address = listed.split('class="row-title" href="')[1].split('"')[0]
    assert "燃气软管老化" in page(site, "bumen", address)
    assert site.browser("zeren").get(address).status_code == 404
    reader = site.browser("bumen")
    reader.get(address)
    reader.post("/notices/read", digest=address.rpartition("/")[2], next=address)
    assert bell(site, "bumen") == 0


def test_a_mention_is_among_the_notices_until_it_is_read(site: Site, play: Play) -> None:
    play.register()
    with play.runtime.unit_of_work() as uow:
        comment(uow, hazard_of(uow.session, play.number), "@zeren 请尽快确认", by="anweiban")
    reader = site.browser("zeren")
    assert "请尽快确认" in reader.get("/notices").text
    reader.post("/notices/read", mention=reader.hidden("mention"))
    assert "请尽快确认" not in reader.get("/notices").text


def test_an_empty_page_says_what_it_is_for(site: Site) -> None:
    for path in ("/notices", "/notices/read", "/notices/digests"):
        assert 'class="empty panel"' in page(site, "zeren", path)
    assert site.visitor().get("/notices").status_code == 302


def test_the_bell_says_how_many_still_matter(site: Site, late: Play) -> None:
    macro = "{% from 'parts/bell.html' import bell with context %}{{ bell() }}"
    site.app.add_url_rule("/bell", "bell", lambda: render_template_string(macro))
    assert f'aria-label="通知，{bell(site, "zeren")}条未读"' in page(site, "zeren", "/bell")
    late.act("zeren", "confirm_hazard", **CONFIRM)
    assert 'aria-label="通知，没有未读"' in page(site, "bumen", "/bell")
    assert "bell-count" not in page(site, "bumen", "/bell")


def test_many_notices_are_read_page_by_page(site: Site, play: Play) -> None:
    for number in range(4):
        play.register(title=f"隐患{number}")
    pass_days(play, 8)
    play.clock.advance(timedelta(hours=1))
    shown = page(site, "zeren")
    assert all(f"隐患{number}" in shown for number in range(4))
