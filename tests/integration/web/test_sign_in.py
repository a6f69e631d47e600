"""Signing in and out, and what a stranger sees."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.integration.web.site import Site
from workflows.cast import DEMO_PASSWORD


def test_a_person_signs_in_and_lands_where_they_wanted_to_go(site: Site) -> None:
    visitor = site.visitor()
    refused = visitor.get("/inbox?whose=mine")
    assert refused.location == "/sign-in?next=/inbox?whose%3Dmine"
    visitor.get(refused.location)
    entered = visitor.post("/sign-in", account="zeren", password=DEMO_PASSWORD, next=visitor.hidden("next"))
    assert (entered.status_code, entered.location) == (302, "/inbox?whose=mine")
    assert visitor.get("/inbox").status_code == 200


def test_a_wrong_password_is_refused_without_saying_which_part_was_wrong(site: Site) -> None:
    visitor = site.visitor()
    answers = []
    for account in ("zeren", "nobody"):
        visitor.get("/sign-in")
        refused = visitor.post("/sign-in", account=account, password="wrong")
        answers.append((refused.status_code, "账号或密码不正确" in refused.text))
    assert answers == [(401, True), (401, True)]


def test_guessing_is_stopped_for_a_while(site: Site) -> None:
    visitor = site.visitor()
    visitor.get("/sign-in")
    codes = [visitor.post("/sign-in", account="zeren", password="guess").status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]
    assert visitor.post("/sign-in", account="zeren", password=DEMO_PASSWORD).status_code == 429


def test_signing_out_ends_the_session_and_keeps_the_language(site: Site) -> None:
    person = site.browser("zeren")
    person.get("/inbox")
    person.post("/language", language="en", next="/inbox")
    person.get("/inbox")
    person.post("/sign-out")
    assert person.get("/inbox").status_code == 302
    assert "Sign in" in person.get("/sign-in").text


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_a_sign_in_never_leads_to_another_site(site: Site, target: str) -> None:
    visitor = site.visitor()
    visitor.get("/sign-in")
    entered = visitor.post("/sign-in", account="zeren", password=DEMO_PASSWORD, next=target)
    assert entered.location == "/inbox"


def test_a_form_without_its_csrf_token_is_refused(site: Site) -> None:
    refused = site.visitor().client.post("/sign-in", data={"account": "zeren", "password": DEMO_PASSWORD})
    assert refused.status_code == 400


def test_every_page_allows_only_our_own_scripts_and_styles(site: Site) -> None:
    page = site.visitor().get("/sign-in")
    policy = page.headers["Content-Security-Policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert f'nonce="{nonce}"' in page.text
    assert " style=" not in page.text
    assert "//" not in page.text.replace("http://www.w3.org/", "").split("</head>")[0].replace("https://", "")


def test_an_answer_to_a_script_does_not_take_back_what_the_next_page_shall_say(site: Site) -> None:
    person = site.browser("zeren")
    answers = [person.get("/inbox") for _ in range(2)]
    assert ["Set-Cookie" in answer.headers for answer in answers] == [True, False]


def test_a_session_goes_on_while_somebody_is_there(site: Site) -> None:
    person = site.browser("zeren")
    person.get("/inbox")
    site.clock.advance(timedelta(hours=2))
    assert "Set-Cookie" not in person.get("/inbox/events").headers
    assert "Set-Cookie" in person.get("/inbox").headers
    assert "Set-Cookie" not in person.get("/inbox").headers
