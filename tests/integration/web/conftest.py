"""A site on a real database: the demo's cast, a small set of diagrams of its own, and Henan's campaign open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.clock import ReplayClock
from engine.definitions import deploy, read_folder
from engine.runtime import Runtime
from engine.storage.database import Database
from lookback.migrations import BRANCHES
from tests.conftest import CAMPAIGN_BEGINS
from tests.databases import PostgresqlDatabases, SqliteFiles
from tests.events import require_schemas
from tests.integration.web.site import LARGEST_UPLOAD, Site, created
from web.settings import WebSettings
from workflows.calendar import WorkingCalendar
from workflows.campaigns.opening import HENAN_2022, open_campaign
from workflows.cast import load_cast
from workflows.expressions import functions
from workflows.hazards.listener import StageListener
from workflows.storage import tables

DEFINITIONS = Path(__file__).parent / "definitions"
TABLES = tables.MAPPED


@pytest.fixture(scope="session")
def prepared_sites() -> dict[str, str]:
    """The template database of each kind, once a test has filled it."""
    return {}


@pytest.fixture(params=["sqlite", "postgresql"])
def site_url(request: pytest.FixtureRequest, prepared_sites: dict[str, str]) -> Iterator[str]:
    """The URL of a filled database of this test's own."""
    name = "sqlite_files" if request.param == "sqlite" else "postgresql_databases"
    source: SqliteFiles | PostgresqlDatabases = request.getfixturevalue(name)
    if request.param not in prepared_sites:
        template = source.fresh()
        _fill(template)
        prepared_sites[request.param] = template
    url = source.copy(prepared_sites[request.param])
    yield url
    source.drop(url)


@pytest.fixture
def site(site_url: str, clock: ReplayClock, tmp_path: Path) -> Iterator[Site]:
    """The application, ready to be visited."""
    database = Database(site_url)
    runtime = _wired(database, clock)
    settings = WebSettings(
        secret_key="a key for the tests only",
        uploads=tmp_path / "uploads",
        ledger_files=tmp_path / "ledger",
        page_size=3,
        largest_upload=LARGEST_UPLOAD,
        daily_uploads=3 * LARGEST_UPLOAD,
        branches=BRANCHES,
    )
    yield Site(created(runtime, settings), runtime, clock)
    require_schemas(database)
    database.close()


def _fill(url: str) -> None:
    database = Database(url)
    with _wired(database, ReplayClock(CAMPAIGN_BEGINS)).unit_of_work() as uow:
        cast = load_cast(uow, counties=3, units_per_sector=1)
        deploy(uow, read_folder(DEFINITIONS), by="designer")
        open_campaign(uow, HENAN_2022, committee_id=cast.province_committee, by="shenganweiban")
    database.close()


def _wired(database: Database, clock: ReplayClock) -> Runtime:
    return Runtime(database, clock, functions=functions(WorkingCalendar()), listeners=(StageListener(),))
