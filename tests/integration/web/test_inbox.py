"""The inbox of the signed-in person."""

from __future__ import annotations

from datetime import timedelta

from tests.integration.web.site import Site


def test_the_inbox_shows_open_tasks_in_bands_the_most_urgent_first(site: Site) -> None:
    for title, days in (("later", 20), ("overdue", -2), ("soon", 1)):
        site.register(title=title, due_at=site.clock.now() + timedelta(days=days))
    page = site.browser("zeren").get("/inbox").text
    places = [page.index(text) for text in ('id="band-overdue"', ">overdue<", 'id="band-soon"', ">soon<", ">later<")]
    assert places == sorted(places)
    assert "逾期2天" in page


def test_a_band_can_be_looked_at_alone_and_page_by_page(site: Site) -> None:
    for number in range(4):
        site.register(title=f"late {number}", due_at=site.clock.now() - timedelta(days=9 - number))
    person = site.browser("zeren")
    first = person.get("/inbox?urgency=overdue").text
    assert [f"late {number}" in first for number in range(4)] == [True, True, True, False]
    following = first.split('<p class="more">')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert "late 3" in person.get(following).text


def test_a_cursor_that_was_tampered_with_is_refused(site: Site) -> None:
    assert site.browser("zeren").get("/inbox?after=forged").status_code == 400


def test_the_inbox_of_a_person_without_tasks_says_so(site: Site) -> None:
    assert "全部办结" in site.browser("shenji").get("/inbox").text


def test_a_task_that_was_claimed_is_under_given_to_me(site: Site) -> None:
    task = site.task(site.register(title="claimed one"))
    person = site.browser("zeren")
    person.get("/inbox")
    assert person.post(f"/tasks/{task.id}/claim", next="/inbox?whose=mine").location == "/inbox?whose=mine"
    assert "claimed one" in person.get("/inbox?whose=mine").text


def test_the_inbox_speaks_english_once_it_was_chosen(site: Site) -> None:
    person = site.browser("zeren")
    person.get("/inbox")
    person.post("/language", language="en", next="/inbox")
    page = person.get("/inbox").text
    assert '<html lang="en">' in page
    assert "All done" in page
