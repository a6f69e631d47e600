"""One person at a browser, who reads labels and presses buttons and knows nothing of the pages' markup."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from workflows.cast import DEMO_PASSWORD

FINISH = re.compile("^提交")


@dataclass
class Visitor:
    """A person with a window of their own; a picture of every page they reach goes into the folder `album`."""

    page: Page
    album: Path
    _shots: count[int] = field(default_factory=lambda: count(1))

    def sign_in(self, account: str) -> None:
        self.page.goto("/inbox")
        self.page.get_by_label("账号").fill(account)
        self.page.get_by_label("密码", exact=True).fill(DEMO_PASSWORD)
        self.look("sign-in")
        self.page.get_by_role("button", name="登录").click()
        expect(self.heading()).to_have_text("待办")
        self.look("inbox")

    def open(self, title: str) -> None:
        """Go to the task of a hazard from the inbox."""
        self.page.goto("/inbox")
        self.page.get_by_role("link", name=title, exact=True).click()
        expect(self.heading()).to_have_text(title)

    def visit(self, path: str) -> int:
        """Go to an address of the site; the status of its answer."""
        answer = self.page.goto(path)
        assert answer is not None
        self.look("page")
        return answer.status

    def fill(self, **answers: Any) -> None:
        """Answer the questions of the task's form by their labels: a text, or the photos to hand in."""
        for label, answer in answers.items():
            question = self.question(label)
            if isinstance(answer, str):
                question.fill(answer)
            else:
                question.set_input_files(answer)

    def choose(self, *options: str) -> None:
        for option in options:
            self.page.get_by_role("radio", name=option, exact=True).check()

    def question(self, label: str) -> Locator:
        """The control with this label, whether or not it is marked as required."""
        return self.page.get_by_label(re.compile(rf"^{label}( \([^)]*\))?(必填)?$"))

    def finish(self, follows: str) -> None:
        """Send the form, and read in the message what comes next."""
        self.look("filled")
        self.send()
        expect(self.page.get_by_role("status")).to_contain_text(follows)
        self.look("done")

    def send(self) -> None:
        self.page.get_by_role("button", name=FINISH).click()

    def open_menu(self) -> None:
        """Open what stands under one's own name: the language, and the way out."""
        self.page.locator("details.whoami-menu > summary").click()

    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def path(self, name: str) -> Locator:
        """The drawing of a process, whose description says what is done and where the work stands."""
        return self.page.get_by_role("img", name=re.compile(rf"^{name}"))

    def scrolls_sideways(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))

    def look(self, name: str) -> None:
        """Keep a picture of the whole page."""
        self.album.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.album / f"{next(self._shots):02}-{name}.png", full_page=True, scale="css")
