"""The inbox of the signed-in person: its bands, tabs, filters and search, what is new in it, and the way back to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from tests.integration.web.site import JPEG, Site
from workflows.cast.sign_ins import DEMO_COUNTY
from workflows.hazards.words import Severity
from workflows.inbox.models import ReadMark
from workflows.organisations.models import Person, RoleAssignment
from workflows.organisations.people import person_by_account

TITLE = re.compile(r'class="row-title"[^>]*>([^<]+)<')
ALIKE = {"title": "消防通道堵塞", "description": "安全出口被货物堵住"}
MAJOR = {**ALIKE, "severity": Severity.MAJOR, "criterion": "GB 35181-2017 第5.1条"}
COLLEAGUE = "zhongxin"


def titles(page: str) -> Sequence[str]:
    """The rows of an inbox, from top to bottom."""
    return TITLE.findall(page)


def colleague_of(site: Site, account: str) -> str:
    """The account of a new member of every group that a person is in."""
    with site.runtime.unit_of_work() as uow:
        person = person_by_account(uow.session, account)
        assert person is not None
        added = Person(account=COLLEAGUE, name="钟新", organisation_id=person.organisation_id)
        added.roles = [RoleAssignment(role=it.role, organisation_id=it.organisation_id) for it in person.roles]
        uow.session.add(added)
    return COLLEAGUE


def test_the_inbox_shows_open_tasks_in_bands_the_most_urgent_first(site: Site) -> None:
    for title, left in (
        ("later", {"days": 20}),
        ("overdue", {"days": -2}),
        ("week", {"days": 3}),
        ("now", {"hours": 2}),
    ):
        site.register(title=title, due_at=site.clock.now() + timedelta(**left))
    page = site.browser("zeren").get("/inbox").text
    page += site.browser("zeren").get("/inbox?urgency=later").text
    bands = [f'id="band-{urgency}"' for urgency in ("overdue", "today", "week", "later")]
    assert titles(page) == ["overdue", "now", "week", "later"]
    assert [page.index(band) for band in bands] == sorted(page.index(band) for band in bands)
    assert "逾期2天" in page


def test_a_band_can_be_looked_at_alone_and_page_by_page(site: Site) -> None:
    for number in range(4):
        site.register(title=f"late {number}", due_at=site.clock.now() - timedelta(days=9 - number))
    person = site.browser("zeren")
    first = person.get("/inbox?urgency=overdue").text
    assert titles(first) == ["late 0", "late 1", "late 2"]
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert titles(person.get(following).text) == ["late 3"]


def test_a_cursor_that_was_tampered_with_is_refused(site: Site) -> None:
    assert site.browser("zeren").get("/inbox?after=forged").status_code == 400
    assert site.browser("zeren").get("/inbox?whose=done&after=forged").status_code == 400


def test_the_inbox_of_a_person_without_tasks_says_so(site: Site) -> None:
    assert "全部办结" in site.browser("shenji").get("/inbox").text


def test_a_claimed_task_moves_from_the_groups_tab_to_mine(site: Site) -> None:
    task = site.task(site.register(title="claimed one"))
    person = site.browser("zeren")
    assert titles(person.get("/inbox?whose=groups").text) == ["claimed one"]
    assert person.post(f"/tasks/{task.id}/claim", next="/inbox?whose=mine").location == "/inbox?whose=mine"
    assert titles(person.get("/inbox?whose=mine").text) == ["claimed one"]
    assert titles(person.get("/inbox?whose=groups").text) == []


def test_the_done_tab_has_what_the_person_completed_the_latest_first(site: Site) -> None:
    person = site.browser("zeren")
    for title in ("one", "two", "three", "four"):
        task = site.task(site.register(title=title))
        person.get(f"/tasks/{task.id}")
        answers = {
            "done": "软管已全部更换，试压合格",
            "done_on": "2022-11-10",
            "after_photos": (BytesIO(JPEG), "after.jpg"),
        }
        assert person.complete(task.id, **answers).status_code == 302
        site.clock.advance(timedelta(minutes=1))
    page = person.get("/inbox?whose=done").text
    assert titles(page) == ["four", "three", "two"]
    following = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert titles(person.get(following).text) == ["one"]
    assert titles(person.get("/inbox?whose=done&q=thre").text) == ["three"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("severity=major", ["消防通道堵塞"]),
        ("severity=general", ["燃气软管老化"]),
        (f"city={DEMO_COUNTY[:4]}&county={DEMO_COUNTY}", ["消防通道堵塞", "燃气软管老化"]),
        (f"county={DEMO_COUNTY}", ["消防通道堵塞", "燃气软管老化"]),
        ("city=4102", []),
        (f"city=4102&county={DEMO_COUNTY}", []),
        ("stage=closure", []),
        ("stage=self_check&sector=coal_mines", []),
        ("campaign=1", ["消防通道堵塞", "燃气软管老化"]),
        ("campaign=77", []),
        ("q=软管", ["燃气软管老化"]),
        ("q=通道&severity=general", []),
        ("severity=nonsense&city=xx&campaign=abc&whose=q", ["消防通道堵塞", "燃气软管老化"]),
    ],
)
def test_the_inbox_can_be_narrowed_by_the_hazards_facts(site: Site, asked: str, found: list[str]) -> None:
    site.register()
    site.register(**MAJOR)
    page = site.browser("zeren").get(f"/inbox?{asked}").text
    assert sorted(titles(page)) == sorted(found)


def test_counts_follow_the_filters(site: Site) -> None:
    site.register(due_at=site.clock.now() - timedelta(days=1))
    site.register(**MAJOR, due_at=site.clock.now() - timedelta(days=1))
    page = site.browser("zeren").get("/inbox?severity=major").text
    assert re.findall(r"<strong>(\d+)</strong>", page)[:4] == ["1", "0", "0", "0"]
    assert "<title>(1) 待办" in page


def test_each_chosen_filter_can_be_taken_back_alone(site: Site) -> None:
    site.register()
    page = site.browser("zeren").get("/inbox?severity=general&q=软管&stage=self_check").text
    chips = re.findall(r'class="chip" data-removes href="([^"]+)"', page)
    assert len(chips) == 3
    assert all(chip.count("=") == 2 for chip in chips)


def test_one_character_is_too_little_to_search_for_and_leaves_the_list_whole(site: Site) -> None:
    site.register()
    page = site.browser("zeren").get("/inbox?q=气").text
    assert "至少输入两个字" in page
    assert titles(page) == ["燃气软管老化"]


def test_a_task_is_unread_until_its_page_was_opened(site: Site) -> None:
    task = site.task(site.register())
    person = site.browser("zeren")
    assert "is-unread" in person.get("/inbox").text
    person.get(f"/tasks/{task.id}")
    person.get(f"/tasks/{task.id}")
    assert "is-unread" not in person.get("/inbox").text
    assert marks(site) == 1


def test_all_of_what_is_shown_can_be_marked_as_read(site: Site) -> None:
    site.register()
    site.register(**MAJOR)
    person = site.browser("zeren")
    person.get("/inbox?severity=major")
    assert person.post("/inbox/read", severity="major").location == "/inbox?severity=major"
    assert person.get("/inbox").text.count("is-unread") == 1
    person.post("/inbox/read")
    person.post("/inbox/read")
    assert "is-unread" not in person.get("/inbox").text


def test_somebody_who_only_looks_on_marks_nothing_as_read(site: Site) -> None:
    task = site.task(site.register())
    assert site.browser("shenji").get(f"/tasks/{task.id}").status_code == 200
    assert marks(site) == 0


def test_the_inbox_comes_back_as_it_was_left_with_the_next_task(site: Site) -> None:
    site.register(title="the next one")
    person = site.browser("zeren")
    person.get("/inbox?severity=general")
    location = person.get("/inbox/back?finished=7").location
    assert location == "/inbox?severity=general&finished=7"
    assert 'class="next-task' in person.get(location).text
    assert "next-task" not in person.get("/inbox").text


def test_news_are_told_once_and_the_answer_ends(site: Site) -> None:
    site.register()
    person = site.browser("zeren")
    first = person.client.get("/inbox/events")
    assert (first.status_code, first.mimetype) == (200, "text/event-stream")
    version = re.search(r"^id: (\w+)$", first.text, re.M)
    assert version
    assert first.text.startswith("retry: 20000\n")
    assert person.client.get("/inbox/events", headers={"Last-Event-ID": version[1]}).text == "retry: 20000\n\n"
    site.register(**ALIKE)
    assert "event: inbox" in person.client.get(f"/inbox/events?heard={version[1]}").text


def test_a_page_knows_the_state_that_it_was_made_from(site: Site) -> None:
    site.register()
    person = site.browser("zeren")
    address = re.search(r'data-address="([^"]+)"', person.get("/inbox?severity=general").text)
    assert address
    assert person.client.get(address[1].replace("&amp;", "&")).text == "retry: 20000\n\n"


def test_ticked_tasks_are_claimed_together_and_only_once(site: Site) -> None:
    tasks = [site.task(site.register(**{**ALIKE, "title": f"number {n}"})).id for n in range(2)]
    person = site.browser("zeren")
    person.get("/inbox")
    sent = {"act": "claim", "task": tasks, "request_key": person.hidden("request_key"), "next": "/inbox"}
    assert person.post("/inbox/act", **sent).location == "/inbox"
    person.get("/inbox")
    assert person.post("/inbox/act", **sent).location == "/inbox"
    assert sorted(titles(person.get("/inbox?whose=mine").text)) == ["number 0", "number 1"]


def test_of_ticked_tasks_those_that_cannot_be_done_are_named_with_the_reason(site: Site) -> None:
    mine, others = (site.task(site.register(**{**ALIKE, "title": title})).id for title in ("free", "taken"))
    other = site.browser(colleague_of(site, "zeren"))
    other.get("/inbox")
    other.post(f"/tasks/{others}/claim")
    person = site.browser("zeren")
    person.get("/inbox")
    page = person.post("/inbox/act", act="claim", task=[mine, others]).text
    assert "1/2" in page or "2项中已办1项" in page
    assert "由他人持有" in page
    assert titles(person.get("/inbox?whose=mine").text) == ["free"]


def test_a_task_whose_form_asks_for_a_decision_is_not_confirmed_in_passing(site: Site) -> None:
    task = site.task(site.register())
    person = site.browser("zeren")
    person.get("/inbox")
    page = person.post("/inbox/act", act="confirm", task=[task.id]).text
    assert "需要作出判断" in page
    assert titles(person.get("/inbox").text) == ["燃气软管老化"]


def test_nothing_ticked_is_said_and_changes_nothing(site: Site) -> None:
    person = site.browser("zeren")
    person.get("/inbox")
    assert person.post("/inbox/act", act="claim", next="/inbox?whose=groups").location == "/inbox?whose=groups"
    assert "请先勾选" in person.get("/inbox").text


def test_a_task_is_delegated_to_a_colleague_found_by_name(site: Site) -> None:
    task = site.task(site.register())
    colleague = colleague_of(site, "zeren")
    person = site.browser("zeren")
    assert "钟新" in person.get(f"/inbox/delegate/{task.id}?name=钟&next=/inbox").text
    answer = person.post(f"/inbox/delegate/{task.id}", to=colleague, expected_version=task.version, next="/inbox")
    assert answer.location == "/inbox"
    assert "已委派给钟新" in person.get("/inbox").text
    page = site.browser(colleague).get("/inbox?whose=mine").text
    assert titles(page) == ["燃气软管老化"]
    assert re.search("由.{2,4}委派", page)


def test_a_task_is_delegated_to_nobody_whom_it_is_not_offered_to(site: Site) -> None:
    task = site.task(site.register())
    person = site.browser("zeren")
    assert "没有其他人" in person.get(f"/inbox/delegate/{task.id}").text
    assert person.post(f"/inbox/delegate/{task.id}", to="shenji").status_code == 422
    assert site.browser("shenji").get(f"/inbox/delegate/{task.id}").status_code == 403


def test_the_inbox_speaks_english_once_it_was_chosen(site: Site) -> None:
    person = site.browser("zeren")
    person.get("/inbox")
    person.post("/language", language="en", next="/inbox")
    page = person.get("/inbox").text
    assert '<html lang="en">' in page
    assert "All done" in page


def marks(site: Site) -> int:
    with site.runtime.reading() as uow:
        return uow.session.scalar(select(func.count()).select_from(ReadMark)) or 0
