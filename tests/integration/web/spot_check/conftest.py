"""The desk on the whole stage: every diagram of ours deployed, and hazards that wait for the draw."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.clock import ReplayClock
from engine.runtime import Runtime
from lookback.migrations import BRANCHES
from tests.integration.web.site import LARGEST_UPLOAD, Browser, Site, created
from tests.workflows.conftest import set_stages, staged, staged_url, timekeeping
from tests.workflows.play import Play
from tests.workflows.rounds import Rounds
from web.settings import WebSettings

__all__ = ["set_stages", "staged", "staged_url", "timekeeping"]


@dataclass
class Desk(Site):
    """The site, with the rounds that are held behind its pages."""

    rounds: Rounds

    @property
    def address(self) -> str:
        """The address of the last planned round."""
        return f"/spot-checks/{self.rounds.id}"


def twice(browser: Browser, path: str, **fields: Any) -> tuple[int, int]:
    """The answers to a form that is sent two times from one page, as by a double click or from two windows."""
    page, first = browser.page, browser.post(path, **fields)
    browser.page = page
    return first.status_code, browser.post(path, **fields).status_code


@pytest.fixture
def desk(staged: Runtime, clock: ReplayClock, tmp_path: Path) -> Desk:
    settings = WebSettings(
        secret_key="a key for the tests only",
        uploads=tmp_path / "uploads",
        page_size=3,
        largest_upload=LARGEST_UPLOAD,
        branches=BRANCHES,
        public_url="https://hkt.example.gov.cn",
    )
    return Desk(created(staged, settings), staged, clock, Rounds(Play(staged, clock)))
