"""A designer at a draft, and those who only read it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from werkzeug.test import TestResponse

from tests.integration.web.site import Browser, Site

DRAFT = re.compile(r"/designer/drafts/(\d+)")


@dataclass
class Designer:
    """A person at a draft of what is in effect."""

    browser: Browser
    draft_id: int

    def address(self, rest: str = "") -> str:
        return f"/designer/drafts/{self.draft_id}{rest}"

    def save(self, name: str, content: bytes, *, seen: int | str | None) -> TestResponse:
        """What the editor sends after a change."""
        headers = {} if seen is None else {"If-Match": f'"{seen}"'}
        return self.browser.client.put(self.address(f"/files/{name}"), data=content, headers=self.signed(headers))

    def signed(self, headers: dict[str, str] | None = None) -> dict[str, str]:
        """Headers with the page's token."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.browser.page)
        return {"X-CSRFToken": token[1] if token else "", **(headers or {})}

    def content(self, name: str, revision: int | None = None) -> TestResponse:
        query = "" if revision is None else f"?revision={revision}"
        return self.browser.client.get(self.address(f"/content/{name}{query}"))


@pytest.fixture
def designer(site: Site) -> Designer:
    """A process designer who has begun a draft."""
    browser = site.browser("sheji")
    browser.get("/designer")
    answer = browser.post("/designer/drafts", name="缩短时限")
    found = DRAFT.search(answer.headers["Location"])
    assert found
    designer = Designer(browser, int(found[1]))
    browser.get(designer.address())
    return designer
