"""What the web needs to know at start, read once into one frozen object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from engine.releasing import ReleaseRules
from engine.storage.migrate import ENGINE, Branch
from workflows.calendar import WorkingCalendar
from workflows.timekeeping import QuietHours


class Language(StrEnum):
    """The languages that have a complete catalog."""

    CHINESE = "zh"
    ENGLISH = "en"


def nothing_to_do() -> None:
    """What follows from a correction of a calendar that nobody keeps in mind."""


@dataclass(frozen=True)
class WebSettings:
    """Settings of the web application; `secret_key` signs sessions and cursors and must be kept between restarts.

    `metrics_token` opens `/metrics` to a scraper elsewhere; without it only the same machine may read them.
    `secure_cookies` must be on wherever the site is reached over https. `trusted_proxies` is how many reverse
    proxies stand in front, so that the caller's address is taken from the right header entry. `calendar` counts the
    working days that are left, and its zone is the one in which times are shown; `calendar_changed` is called after a
    correction of it was saved, and in `quiet_hours` people are told nothing that can wait. `branches` are the
    migrations that the database must have, and `sweep_tolerance` is how long a due timer may wait, before this node
    calls itself not ready. `uploads` is the folder of uploaded evidence, `ledger_files` that of imports and exports,
    `largest_upload` the most bytes of one request or file, and `daily_uploads` of what one person may send piece by
    piece in a day. `page_size` rows are on a page. `releases` is what a release needs before it takes effect.
    """

    secret_key: str
    public_url: str = "http://127.0.0.1:5000"
    session_lifetime: timedelta = timedelta(hours=12)
    secure_cookies: bool = False
    default_language: Language = Language.CHINESE
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    calendar_changed: Callable[[], None] = nothing_to_do
    quiet_hours: QuietHours = field(default_factory=QuietHours)
    page_size: int = 25
    largest_page: int = 200
    largest_upload: int = 20 * 1024 * 1024
    daily_uploads: int = 500 * 1024 * 1024
    uploads: Path = Path("var/uploads")
    ledger_files: Path = Path("var/ledger")
    metrics_token: str | None = None
    trusted_proxies: int = 0
    branches: tuple[Branch, ...] = (ENGINE,)
    sweep_tolerance: timedelta = timedelta(minutes=5)
    releases: ReleaseRules = field(default_factory=ReleaseRules)

    def __post_init__(self) -> None:
        if len(self.secret_key) < 16:
            raise ValueError("secret_key: at least 16 characters are needed; `openssl rand -hex 32` makes one")
