"""What everybody reads: only what was approved, as it was approved; feeds that readers accept; what is gone is gone."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import update

from tests.integration.web.site import Site
from tests.workflows.play import Play
from workflows.exposure import Exposure, propose_exposure, withdraw
from workflows.exposure.models import exposure_by_id
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard

ATOM = "{http://www.w3.org/2005/Atom}"
TEXT = "某烩面馆燃气软管老化，已责令停业整顿。"


def expose(play: Play, title: str = "软管老化逾期未改", text: str = TEXT) -> Exposure:
    play.register(responsible_name="王建国")
    with play.runtime.unit_of_work() as uow:
        propose_exposure(uow, hazard_of(uow.session, play.number), reason="屡改屡犯", by="jiancha1")
    play.act("anweiban", "draft_text", headline=title, public_text=text, media="河南日报")
    play.act("lingdao", "approve_text", decision="approve", opinion="同意")
    return play.rows(Exposure)[-1]


def take_back(play: Play, exposed: Exposure) -> None:
    with play.runtime.unit_of_work() as uow:
        withdraw(uow, exposure_by_id(uow.session, exposed.id), reason="认定有误", by="anweiban")


def test_everybody_reads_the_approved_text_without_signing_in(site: Site, play: Play) -> None:
    exposed = expose(play)
    page = site.visitor().get(f"/public/cases/{exposed.id}")
    assert page.status_code == 200
    for text in ("软管老化逾期未改", TEXT, "郑州市", "城镇燃气", "河南日报", '"index, follow"'):
        assert text in page.text
    assert "csrf" not in page.text


def test_what_the_hazard_says_afterwards_is_not_shown(site: Site, play: Play) -> None:
    exposed = expose(play)
    with play.runtime.unit_of_work() as uow:
        uow.session.execute(update(Hazard).values(title="王建国家中", unit_name="王建国", description="13912345678"))
    for path in (f"/public/cases/{exposed.id}", "/public", "/public/cases", "/public/cases.rss", "/public/cases.atom"):
        shown = site.visitor().get(path).text
        assert "王建国" not in shown
        assert play.number not in shown


def test_a_proposed_or_drafted_case_is_not_public(site: Site, play: Play) -> None:
    play.register()
    with play.runtime.unit_of_work() as uow:
        proposed = propose_exposure(uow, hazard_of(uow.session, play.number), reason="x", by="jiancha1").id
    play.act("anweiban", "draft_text", public_text=TEXT, media="河南日报")
    assert site.visitor().get(f"/public/cases/{proposed}").status_code == 404
    assert TEXT not in site.visitor().get("/public/cases").text


def test_a_withdrawn_case_is_gone_everywhere(site: Site, play: Play) -> None:
    exposed = expose(play)
    take_back(play, exposed)
    gone = site.visitor().get(f"/public/cases/{exposed.id}")
    assert gone.status_code == 410
    assert "已撤回" in gone.text
    assert TEXT not in gone.text
    assert TEXT not in site.visitor().get("/public/cases").text + site.visitor().get("/public/cases.rss").text


@pytest.mark.parametrize("path", ["/public/cases/99", "/public/good-practice/99", "/public/good-practice/99/photos/1"])
def test_what_never_was_is_not_found(site: Site, path: str) -> None:
    missing = site.visitor().get(path)
    assert missing.status_code == 404
    assert "noindex" in missing.text


def test_the_list_is_filtered_by_city_sector_and_year(site: Site, play: Play) -> None:
    expose(play)
    for query, shown in (
        ("city=4101&sector=town_gas&year=2022", True),
        ("city=4102", False),
        ("sector=coal_mines", False),
        ("year=2021", False),
        ("year=nonsense&city=nowhere", True),
    ):
        assert (TEXT[:10] in site.visitor().get(f"/public/cases?{query}").text) is shown, query


def test_the_list_goes_on_page_by_page(site: Site, play: Play) -> None:
    for number in range(4):
        expose(play, title=f"案例{number}")
        site.clock.advance(timedelta(minutes=5))
    first = site.visitor().get("/public/cases")
    assert [f"案例{n}" in first.text for n in range(4)] == [False, True, True, True]
    address = first.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = site.visitor().get(address).text
    assert [f"案例{n}" in second for n in range(4)] == [True, False, False, False]
    assert "noindex, follow" in second
    assert site.visitor().get("/public/cases?after=forged").status_code == 400


def test_rss_says_what_readers_need(site: Site, play: Play) -> None:
    exposed = expose(play)
    feed = site.visitor().get("/public/cases.rss")
    assert feed.content_type == "application/rss+xml; charset=utf-8"
    item = ET.fromstring(feed.data).find("channel/item")
    assert item is not None
    assert item.findtext("guid") == item.findtext("link") == f"https://lookback.example/public/cases/{exposed.id}"
    assert item.findtext("description") == TEXT
    date = item.findtext("pubDate") or ""
    assert date.endswith("+0800")
    assert parsedate_to_datetime(date) == exposed.published_at
    assert [each.text for each in item.findall("category")] == ["郑州市", "城镇燃气"]


def test_atom_says_the_same(site: Site, play: Play) -> None:
    exposed = expose(play, title="<软管> & 阀", text="一<script>二")
    root = ET.fromstring(site.visitor().get("/public/cases.atom").data)
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}id") == f"https://lookback.example/public/cases/{exposed.id}"
    assert "<script>" in (entry.findtext(f"{ATOM}content") or "")
    assert (root.findtext(f"{ATOM}updated") or "").endswith("+08:00")


@pytest.mark.parametrize("path", ["cases.rss", "cases.atom", "good-practice.rss", "good-practice.atom"])
def test_a_feed_without_entries_is_a_feed(site: Site, path: str) -> None:
    assert ET.fromstring(site.visitor().get(f"/public/{path}").data).tag in ("rss", f"{ATOM}feed")


def test_caches_are_told_and_asked(site: Site, play: Play) -> None:
    exposed = expose(play)
    visitor = site.visitor().client
    for path in ("/public", "/public/cases", f"/public/cases/{exposed.id}", "/public/cases.rss"):
        answer = visitor.get(path)
        assert answer.headers["Cache-Control"] == "max-age=300, public", path
        assert "Set-Cookie" not in answer.headers, path
        again = visitor.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), path


def test_a_withdrawal_is_news_to_a_reader_that_goes_by_the_date(site: Site, play: Play) -> None:
    exposed = expose(play)
    visitor = site.visitor().client
    since = {"If-Modified-Since": visitor.get("/public/cases.rss").headers["Last-Modified"]}
    assert visitor.get("/public/cases.rss", headers=since).status_code == 304
    site.clock.advance(timedelta(minutes=1))
    take_back(play, exposed)
    assert visitor.get("/public/cases.rss", headers=since).status_code == 200


def test_the_answer_to_somebody_signed_in_is_kept_by_that_browser_only(site: Site) -> None:
    assert "private" in site.browser("zeren").client.get("/public").headers["Cache-Control"]


def test_the_address_names_the_language_and_carries_it_on(site: Site, play: Play) -> None:
    expose(play)
    english = site.visitor().get("/public/cases?lang=en").text
    assert 'lang="en"' in english
    assert "/public?lang=en" in english
    assert "lang=" not in site.visitor().get("/public/cases").text.replace('lang="', "").replace("?lang=en", "")


def test_pages_name_their_feeds(site: Site) -> None:
    page = site.visitor().get("/public").text
    for path in ("/public/cases.rss", "/public/cases.atom", "/public/good-practice.rss", "/public/good-practice.atom"):
        assert f'href="{path}"' in page
