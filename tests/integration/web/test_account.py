"""My own account: password, language, leave and API tokens; and what a one-time password opens."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.integration.web.site import Browser, Site
from workflows.cast import DEMO_PASSWORD
from workflows.organisations.credentials import GOOD_FOR, one_time_password, reset_password
from workflows.organisations.mandates import mandate_of
from workflows.organisations.people import person_by_account

NEW = "春天的郑州下着雨2022"


@pytest.fixture
def mine(site: Site) -> Browser:
    browser = site.browser("zeren")
    assert browser.get("/account/").status_code == 200
    return browser


def _reset(site: Site, account: str) -> str:
    new = one_time_password()
    with site.runtime.unit_of_work() as uow:
        reset_password(uow, mandate_of(uow.session, "guanli"), account, new)
    return new.password


def _sign_in(site: Site, account: str, password: str) -> tuple[Browser, int]:
    browser = site.visitor()
    browser.get("/sign-in")
    return browser, browser.post("/sign-in", account=account, password=password).status_code


def test_a_changed_password_ends_the_sessions_elsewhere_and_keeps_this_one(mine: Browser, site: Site) -> None:
    elsewhere = site.browser("zeren")
    entries = {"present": DEMO_PASSWORD, "new": NEW, "again": NEW}
    assert mine.post("/account/password", **entries).status_code == 302
    assert mine.get("/inbox").status_code == 200
    assert elsewhere.get("/inbox").status_code == 302
    assert _sign_in(site, "zeren", NEW)[1] == 302


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"present": "wrong", "new": NEW, "again": NEW}, "present"),
        ({"present": DEMO_PASSWORD, "new": "short", "again": "short"}, "new"),
        ({"present": DEMO_PASSWORD, "new": "aaaaaaaaaaaaaaaa", "again": "aaaaaaaaaaaaaaaa"}, "new"),
        ({"present": DEMO_PASSWORD, "new": "my zeren account", "again": "my zeren account"}, "new"),
        ({"present": DEMO_PASSWORD, "new": NEW, "again": NEW + "!"}, "again"),
    ],
)
def test_a_password_is_refused_beside_its_field(mine: Browser, entries: dict[str, str], field: str) -> None:
    refused = mine.post("/account/password", **entries)
    assert refused.status_code == 422
    assert f'id="error-{field}"' in refused.text


def test_until_it_is_changed_a_one_time_password_opens_nothing_else(site: Site) -> None:
    newcomer, _ = _sign_in(site, "zeren", _reset(site, "zeren"))
    assert {newcomer.get(path).location for path in ("/inbox", "/account/", "/tasks/1")} == {"/account/password"}
    assert newcomer.get("/api/v1/tasks").status_code == 403


def test_a_one_time_password_expires(site: Site) -> None:
    password = _reset(site, "zeren")
    site.clock.advance(GOOD_FOR + timedelta(minutes=1))
    visitor, status = _sign_in(site, "zeren", password)
    assert status == 401
    assert "一次性密码" in visitor.page


def test_a_reset_ends_sessions_and_tokens(site: Site) -> None:
    browser, program = site.browser("zeren"), site.program("zeren")
    assert program.get("/tasks").status_code == 200
    _reset(site, "zeren")
    assert browser.get("/inbox").status_code == 302
    assert program.get("/tasks").status_code == 401


def test_an_administrator_ends_a_sign_in_limit(site: Site) -> None:
    for _ in range(5):
        assert _sign_in(site, "zeren", "wrong")[1] == 401
    assert _sign_in(site, "zeren", DEMO_PASSWORD)[1] == 429
    administrator = site.browser("guanli")
    assert "/people/zeren/unlock" in administrator.get("/administration/people/zeren").text
    assert administrator.post("/administration/people/zeren/unlock").status_code == 302
    site.clock.advance(timedelta(seconds=1))
    assert _sign_in(site, "zeren", DEMO_PASSWORD)[1] == 302


def test_the_language_goes_along_to_the_next_sign_in(mine: Browser, site: Site) -> None:
    assert mine.post("/account/", phone="0371 1234567", language="en").status_code == 302
    assert 'lang="en"' in mine.get("/account/").text
    elsewhere, _ = _sign_in(site, "zeren", DEMO_PASSWORD)
    assert '<html lang="en"' in elsewhere.get("/inbox").text
    refused = mine.post("/account/", phone="call me", language="en")
    assert refused.status_code == 422


def test_a_token_is_shown_once_used_and_revoked(mine: Browser, site: Site) -> None:
    made = mine.post("/account/tokens", token_name="报表程序", scope="tasks:read", days="30")
    secret = re.search(r"<code>(lb_[^<]+)</code>", made.text)
    assert secret is not None
    assert secret[1] not in mine.get("/account/").text
    headers = {"Authorization": f"Bearer {secret[1]}"}
    client = site.app.test_client()
    assert client.get("/api/v1/tasks", headers=headers).status_code == 200
    revoke = re.search(r"/account/tokens/\d+/revoke", mine.get("/account/").text)
    assert revoke is not None
    assert mine.post(revoke[0]).status_code == 302
    assert client.get("/api/v1/tasks", headers=headers).status_code == 401


def test_a_token_needs_a_name_a_scope_and_an_end(mine: Browser) -> None:
    refused = mine.post("/account/tokens", token_name="", days="3650")
    assert refused.status_code == 422
    assert "lb_" not in refused.text


def test_nobody_revokes_the_token_of_another(mine: Browser, site: Site) -> None:
    other = site.program("danwei")
    with site.runtime.reading() as uow:
        person = person_by_account(uow.session, "danwei")
        assert person is not None
    assert mine.post("/account/tokens/1/revoke").status_code == 404
    assert other.get("/tasks").status_code == 200


def test_one_names_ones_own_deputy_and_ends_it(mine: Browser, site: Site) -> None:
    hazard = site.register()
    entries = {"deputy": "danwei", "first_day": "2022-11-08", "last_day": "2022-11-09"}
    assert mine.post("/account/leave", **entries).status_code == 302
    deputy = site.program("danwei")
    listed = deputy.get("/tasks").json
    assert listed is not None
    assert site.task(hazard).id in {task["id"] for task in listed["items"]}
    end = re.search(r"/account/leave/\d+/end", mine.get("/account/").text)
    assert end is not None
    assert mine.post(end[0]).status_code == 302
    gone = deputy.get("/tasks").json
    assert gone is not None
    assert site.task(hazard).id not in {task["id"] for task in gone["items"]}


def test_overlapping_leave_is_refused_on_the_page(mine: Browser) -> None:
    entries = {"deputy": "danwei", "first_day": "2022-11-08", "last_day": "2022-11-09"}
    mine.post("/account/leave", **entries)
    mine.get("/account/")
    assert mine.post("/account/leave", **entries).status_code == 422
