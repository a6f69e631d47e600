"""Taking care of a late deadline on the pages: by one click, in words, once, and seen by whoever looks afterwards."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from tests.integration.web.site import Browser, Site
from tests.workflows.late import Late
from tests.workflows.play import CONFIRM, Play
from workflows.escalation.models import Acknowledgement
from workflows.timekeeping import Timekeeping


@pytest.fixture
def late(site: Site, play: Play) -> Late:
    """A general hazard that its unit does not confirm; its leader has read of it in the digest of 15 November."""
    play.register(title="燃气软管老化")
    late = Late(play, Timekeeping())
    late.pass_days(7)
    return late


def given(site: Site) -> Sequence[Acknowledgement]:
    with site.runtime.reading() as uow:
        return uow.session.scalars(select(Acknowledgement).order_by(Acknowledgement.id)).all()


def leader_takes_care(site: Site, late: Late, words: str = "今日整改") -> Browser:
    reader = site.browser("danwei")
    page = f"/hazards/{late.play.number}"
    reader.get(page)
    reader.post("/notices/acknowledge", id=str(late.notice_of("danwei").id), words=words, next=page)
    return reader


def test_one_click_among_the_notices_is_enough(site: Site, late: Late) -> None:
    reader = site.browser("danwei")
    shown = reader.get("/notices").text
    assert "知悉并处理" in shown
    (notice_id,) = re.findall(r'action="/notices/acknowledge">.*?name="id" value="(\d+)"', shown, re.S)
    assert reader.post("/notices/acknowledge", id=notice_id).status_code == 302
    assert [it.by for it in given(site)] == ["danwei"]
    assert "没有未读通知" in reader.get("/notices").text
    assert "已知悉并处理" in reader.get("/notices/read").text


def test_on_the_hazard_s_page_one_says_what_one_will_do(site: Site, late: Late) -> None:
    page = f"/hazards/{late.play.number}"
    assert "您已收到" in site.browser("danwei").get(page).text
    leader_takes_care(site, late)
    shown = site.browser("danwei").get(page).text
    assert "您已收到" not in shown
    assert "今日整改" in shown
    assert "已停止" in shown, "the outlook says which step will not come"


def test_what_was_stopped_stands_in_the_chronicle_with_its_reason(site: Site, late: Late) -> None:
    leader_takes_care(site, late)
    late.pass_days(3)
    told = site.browser("anweiban").get(f"/hazards/{late.play.number}/story?topic=reminders").text
    assert "已停止：告知行业主管部门" in told
    assert "对“签收并确认隐患”知悉并处理" in told
    assert "今日整改" in told


def test_others_see_among_their_notices_who_takes_care(site: Site, late: Late) -> None:
    leader_takes_care(site, late)
    assert "今日整改" in site.browser("zeren").get("/notices").text


def test_sending_it_twice_is_the_same_as_once(site: Site, late: Late) -> None:
    leader_takes_care(site, late)
    leader_takes_care(site, late, "再次")
    assert [it.words for it in given(site)] == ["今日整改"]


def test_nobody_takes_care_of_what_somebody_else_was_told(site: Site, late: Late) -> None:
    other = site.browser("anweiban")
    other.get(f"/hazards/{late.play.number}")
    refused = other.post("/notices/acknowledge", id=str(late.notice_of("danwei").id))
    assert refused.status_code == 404
    assert given(site) == []


def test_a_task_that_has_ended_meanwhile_is_said_so(site: Site, late: Late) -> None:
    notice = late.notice_of("danwei")
    late.play.act("zeren", "confirm_hazard", **CONFIRM)
    reader = site.browser("danwei")
    reader.get("/notices")
    reader.post("/notices/acknowledge", id=str(notice.id))
    assert "已无需处理" in reader.get("/notices").text
    assert given(site) == []


def test_too_many_words_are_refused_and_said_so(site: Site, late: Late) -> None:
    reader = leader_takes_care(site, late, "字" * 501)
    assert "最多500个字" in reader.get("/notices").text
    assert given(site) == []


def test_a_reminder_says_whether_it_was_read(site: Site, late: Late) -> None:
    page = f"/hazards/{late.play.number}"
    assert site.browser("anweiban").get(page).text.count("尚未阅读") == 3
    reader = site.browser("zeren")
    reader.get("/notices")
    reader.post("/notices/read", up_to=reader.hidden("up_to"))
    shown = site.browser("anweiban").get(page).text
    assert shown.count("2022年11月15日 09:00已读") == 2
    assert "2人中1人已读" in shown, "of the two in the unit who were told last"


def test_whoever_proves_deliveries_sees_the_read_receipts(site: Site, late: Late) -> None:
    leader_takes_care(site, late)
    auditor = site.browser("shenji")
    assert "/administration/receipts" in auditor.get("/administration/deliveries").text
    of_leader = auditor.get("/administration/receipts?account=danwei").text
    assert late.play.number in of_leader
    assert of_leader.count("2022年11月15日 08:00") == 1, "delivered"
    assert of_leader.count("2022年11月15日 09:00") == 2, "read, and taken care of"
    assert "没有符合条件的通知" in auditor.get("/administration/receipts?hazard=none").text
    assert "没有符合条件的通知" in auditor.get("/administration/receipts?state=waiting").text
    assert site.browser("danwei").get("/administration/receipts").status_code == 403


def test_receipts_are_exported_and_paged(site: Site, late: Late) -> None:
    auditor = site.browser("shenji")
    listed = auditor.get(f"/administration/receipts?hazard={late.play.number}").text
    assert "下一页" in listed, "four notices on pages of three"
    exported = auditor.get(f"/administration/receipts.csv?hazard={late.play.number}").text
    assert len(exported.strip().splitlines()) == 5
    assert "danwei" in exported
