"""Every kind of page passes the rules of axe for WCAG 2.2 AA: in both languages, light and dark, large and small."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.acts import confirm
from tests.browser.conftest import DESKTOP, PHONE, Enter
from tests.browser.site import Site
from tests.browser.visitor import Visitor

TITLE = "后厨燃气软管老化"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


def violations(page: Page) -> list[str]:
    """Where the page breaks which rule."""
    found: Any = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url} {broken['id']}: {node['html']}" for broken in found for node in broken["nodes"]]


@pytest.mark.parametrize(
    ("language", "scheme", "size"),
    [("中文", "light", DESKTOP), ("中文", "dark", PHONE), ("English", "light", PHONE), ("English", "dark", DESKTOP)],
    ids=["chinese-light-desktop", "chinese-dark-phone", "english-light-phone", "english-dark-desktop"],
)
def test_every_page_can_be_read_by_everybody(
    site: Site, enter: Enter, language: str, scheme: str, size: dict[str, Any]
) -> None:
    site.register(title=TITLE)
    hazard = site.register(title=f"{TITLE}，未装自闭阀")
    person = enter("zeren", color_scheme=scheme, **size)
    confirm(person, TITLE)
    speak(person, language)
    broken: list[str] = []
    for path in ("/inbox", f"/tasks/{site.task_id(hazard, 'confirm_hazard')}", "/tasks/999"):
        person.visit(path)
        broken += violations(person.page)
    person.visit(f"/tasks/{site.task_id(hazard, 'confirm_hazard')}")
    person.page.locator("form[data-guarded] [data-finish]").click()
    person.look("refused")
    broken += violations(person.page)
    person.open_menu()
    person.page.locator("form[action='/sign-out'] button").click()
    person.look("sign-in")
    broken += violations(person.page)
    assert broken == []


def speak(person: Visitor, language: str) -> None:
    person.open_menu()
    button = person.page.get_by_role("button", name=language)
    if button.count():
        button.click()
    else:
        person.open_menu()


SEEN_BY_THE_OFFICE = (
    "/ledger", "/ledger/imports", "/ledger/exports", "/ledger/new", "/statistics", "/spot-checks", "/notices",
    "/account/",
)  # fmt: skip
SEEN_BY_THE_ADMINISTRATOR = (
    "/administration/", "/administration/organisations", "/administration/people", "/administration/people/zeren",
    "/administration/campaigns", "/administration/calendar", "/administration/audit", "/administration/channels",
    "/administration/channels/words", "/administration/deliveries",
)  # fmt: skip
SEEN_BY_ALL = ("/public", "/public/cases", "/public/good-practice")


@pytest.mark.parametrize(
    ("account", "paths"),
    [("anweiban", SEEN_BY_THE_OFFICE), ("guanli", SEEN_BY_THE_ADMINISTRATOR), ("zeren", SEEN_BY_ALL)],
    ids=["office", "administrator", "public"],
)
def test_the_pages_in_english_can_be_read_by_everybody(
    site: Site, enter: Enter, account: str, paths: tuple[str, ...]
) -> None:
    hazard = site.register(title=TITLE)
    person = enter(account, **PHONE)
    speak(person, "English")
    broken: list[str] = []
    for path in (*paths, f"/hazards/{hazard.number}") if account == "anweiban" else paths:
        assert person.visit(path) == 200, path
        assert not person.scrolls_sideways(), path
        broken += violations(person.page)
    assert broken == []
