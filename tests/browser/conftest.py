"""A real Chromium and the real site: every test gets a site of its own and windows for as many people as it wants."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.complaints import Complaints
from tests.browser.site import Site, found, serving
from tests.browser.visitor import Visitor
from tests.databases import DatabaseSource

SCREENSHOTS = Path(__file__).parents[2] / "var" / "screenshots"
MISSING = "No Chromium was found, and these tests need one. On Debian: apt-get install chromium fonts-noto-cjk."
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # the tests may run as root, and see this site only
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
AT_HOME: dict[str, Any] = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **DESKTOP}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}

PATIENCE = 30_000
"""Milliseconds to wait for a page; a busy machine is no failure."""

Enter = Callable[..., Visitor]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium; Playwright downloads none."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert program, MISSING
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def founded(sqlite_files: DatabaseSource, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a database from which each test's own is copied."""
    url = sqlite_files.fresh()
    found(url, tmp_path_factory.mktemp("state"))
    return url


@pytest.fixture
def site(founded: str, sqlite_files: DatabaseSource, tmp_path: Path) -> Iterator[Site]:
    url = sqlite_files.copy(founded)
    with serving(url, tmp_path) as site:
        yield site
    sqlite_files.drop(url)


@pytest.fixture
def enter(site: Site, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Enter]:
    """Lets somebody in, by account or as a stranger: `enter("zeren")`, with the context's options if any.

    Whatever the test did, no page of it may have made the browser complain.
    """
    contexts: list[BrowserContext] = []
    complaints: list[Complaints] = []
    album = SCREENSHOTS / re.sub(r"\W+", "-", request.node.name).strip("-")
    shutil.rmtree(album, ignore_errors=True)

    def let_in(account: str | None = None, **options: Any) -> Visitor:
        context = chromium.new_context(base_url=site.address, **(AT_HOME | options))
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        complaints.append(Complaints(context, site.address))
        visitor = Visitor(context.new_page(), album / (account or f"stranger{len(contexts)}"))
        if account is not None:
            visitor.sign_in(account)
        return visitor

    yield let_in
    for context in contexts:
        context.close()
    assert [complaint for heard in complaints for complaint in heard] == []
