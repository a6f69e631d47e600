"""The page of one hazard: what it shows to whom, the parts that are loaded alone, and the card."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from sqlalchemy import event

from engine.storage.models import UserTask
from tests.integration.web.site import Browser, Site
from workflows.comments import comment
from workflows.hazards.closing import void
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard
from workflows.hazards.words import Origin, Severity

TITLE = "燃气软管老化"


@pytest.fixture
def hazard(site: Site) -> Hazard:
    return site.register(requirements="达到规范要求", remark="群众反映强烈", inspectors="张三、李四")


def page(site: Site, hazard: Hazard, account: str = "zeren", tail: str = "") -> str:
    shown = site.browser(account).get(f"/hazards/{hazard.number}{tail}")
    assert shown.status_code == 200
    return shown.text


def test_what_the_ledger_knows_stands_on_the_page_in_groups(site: Site, hazard: Hazard) -> None:
    shown = page(site, hazard)
    for text in (
        hazard.number,
        TITLE,
        "后厨燃气软管老化开裂",
        "城镇燃气",
        "达到规范要求",
        "群众反映强烈",
        "张三、李四",
    ):
        assert text in shown
    for heading in ("隐患情况", "责任落实", "整改方案", "整改进展", "问题来源"):
        assert f">{heading}</h2>" in shown


def test_only_what_someone_should_have_entered_is_called_missing(site: Site, hazard: Hazard) -> None:
    shown = page(site, hazard)
    assert shown.count("尚未填写") == 1  # the unit has not signed for it
    assert "计划资金" not in shown
    assert "销号日期" not in shown


def test_it_says_whom_the_hazard_waits_for_and_leads_there(site: Site, hazard: Hazard) -> None:
    shown = page(site, hazard, "anweiban")
    assert f'href="/tasks/{site.task(hazard).id}"' in shown
    assert "待办理：" in shown


@pytest.mark.parametrize("account", ["zeren", "danwei", "jiancha1", "bumen", "anweiban", "shenganweiban", "shenji"])
def test_everyone_whom_it_concerns_may_look(site: Site, hazard: Hazard, account: str) -> None:
    assert TITLE in page(site, hazard, account)
    assert hazard.number in page(site, hazard, account, "/card")


@pytest.mark.parametrize("tail", ["", "/card", "/story", "/path/self_check", "/diagrams/self_check.bpmn"])
def test_strangers_see_nothing_of_it(site: Site, hazard: Hazard, tail: str) -> None:
    assert site.browser(site.stranger()).get(f"/hazards/{hazard.number}{tail}").status_code == 403
    assert site.visitor().get(f"/hazards/{hazard.number}{tail}").status_code == 302


def test_a_number_that_no_hazard_has_is_not_found(site: Site) -> None:
    assert site.browser("anweiban").get("/hazards/nothing-of-the-kind").status_code == 404


def test_a_void_hazard_says_so_and_why(site: Site, hazard: Hazard) -> None:
    with site.runtime.unit_of_work() as uow:
        void(uow, hazard_of(uow.session, hazard.number), reason="重复登记", by="anweiban")
    shown = page(site, hazard)
    assert "本隐患已作废" in shown
    assert "重复登记" in shown
    assert "当前待办" not in shown


def test_a_relapse_is_linked_with_the_row_it_came_from(site: Site, hazard: Hazard) -> None:
    again = site.register(origin=Origin.RELAPSED, previous_id=hazard.id, previous_number=hazard.number)
    assert f'href="/hazards/{hazard.number}"' in unquoted(page(site, again))
    assert f'href="/hazards/{again.number}"' in unquoted(page(site, hazard))


def test_without_scripts_each_diagram_is_a_link_away(site: Site, hazard: Hazard) -> None:
    shown = page(site, hazard, tail="?diagram=self_check")
    assert 'id="diagram-self_check-title"' in shown
    assert 'class="node task current"' in shown


def test_the_diagram_comes_as_it_was_deployed_and_is_not_sent_twice(site: Site, hazard: Hazard) -> None:
    browser = site.browser("zeren")
    address = f"/hazards/{hazard.number}/diagrams/self_check.bpmn"
    first = browser.get(address)
    assert (first.status_code, first.mimetype) == (200, "application/xml")
    assert b'id="self_check"' in first.data
    again = browser.client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_process_that_is_not_the_hazards_is_not_found(site: Site, hazard: Hazard) -> None:
    browser = site.browser("zeren")
    assert browser.get(f"/hazards/{hazard.number}/diagrams/closure.bpmn").status_code == 404
    assert browser.get(f"/hazards/{hazard.number}/diagrams/nothing.bpmn").status_code == 404


def test_comments_stand_in_the_chronicle_and_can_be_looked_at_alone(site: Site, hazard: Hazard) -> None:
    with site.runtime.unit_of_work() as uow:
        comment(uow, hazard_of(uow.session, hazard.number), "请尽快<b>整改</b>", by="anweiban")
    assert "请尽快&lt;b&gt;整改&lt;/b&gt;" in page(site, hazard)
    alone = page(site, hazard, tail="/story?topic=comments")
    assert "请尽快" in alone
    assert "登记入账" not in alone


def test_the_chronicle_goes_on_where_it_stopped(site: Site, hazard: Hazard) -> None:
    for number in range(40):
        with site.runtime.unit_of_work() as uow:
            comment(uow, hazard_of(uow.session, hazard.number), f"第{number}条", by="anweiban")
    browser = site.browser("zeren")
    shown = browser.get(f"/hazards/{hazard.number}?topic=comments").text
    assert "第39条" in shown
    assert "第9条" not in shown
    older = shown.split('rel="next"')[0].rpartition('hx-get="')[2].split('"')[0].replace("&amp;", "&")
    assert "第9条" in browser.get(older).text
    assert browser.get(f"/hazards/{hazard.number}/story?after=forged").status_code == 400


def test_the_card_carries_the_facts_and_the_way_back(site: Site) -> None:
    hazard = site.register(description="软管老化。" * 400, severity=Severity.GENERAL)
    card = page(site, hazard, tail="/card")
    for text in (hazard.number, "隐患整改卡", "（余见网页）", "专项检查", "<svg"):
        assert text in card


def test_reading_the_page_costs_no_more_after_a_long_history(site: Site, hazard: Hazard) -> None:
    browser = site.browser("anweiban")
    before = queries(site, browser, hazard)
    with site.runtime.unit_of_work() as uow:
        for number in range(60):
            comment(uow, hazard_of(uow.session, hazard.number), f"第{number}条", by=("anweiban", "zeren")[number % 2])
    assert queries(site, browser, hazard) <= before + 2


def queries(site: Site, browser: Browser, hazard: Hazard) -> int:
    asked: list[str] = []

    def count(*call: object) -> None:
        asked.append(str(call[2]))

    event.listen(site.runtime.database.engine, "before_cursor_execute", count)
    browser.get(f"/hazards/{hazard.number}")
    event.remove(site.runtime.database.engine, "before_cursor_execute", count)
    return len(asked)


def test_the_holder_of_a_task_is_named(site: Site, hazard: Hazard) -> None:
    task = site.task(hazard)
    site.browser("zeren").get(f"/tasks/{task.id}")
    browser = site.browser("zeren")
    browser.get(f"/tasks/{task.id}")
    browser.post(f"/tasks/{task.id}/claim")
    with site.runtime.reading() as uow:
        assert uow.session.get_one(UserTask, task.id).assignee == "zeren"
    assert "办理人：" in page(site, hazard, "anweiban")


def unquoted(html: str) -> str:
    return unquote(html)
