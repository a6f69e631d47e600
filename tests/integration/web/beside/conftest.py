"""The site with every definition of ours, for what is begun beside a hazard's main line and for what becomes public."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.clock import ReplayClock
from engine.definitions import deploy, read_folder
from engine.operators import OperatorRegistry
from engine.runtime import Runtime
from engine.storage.database import Database
from lookback.migrations import BRANCHES
from tests.conftest import CAMPAIGN_BEGINS
from tests.databases import DatabaseSource
from tests.integration.web.site import LARGEST_UPLOAD, Site, created
from tests.workflows.conftest import DEFINITIONS
from tests.workflows.play import CONFIRM, PLAN, Play
from web.settings import WebSettings
from workflows.campaigns.opening import HENAN_2022, open_campaign
from workflows.cast import load_cast
from workflows.errors import CORRECTIONS, INCIDENTS
from workflows.expressions import functions
from workflows.registration import listeners, register_operators
from workflows.timekeeping import Timekeeping


@pytest.fixture(scope="session")
def set_sites() -> dict[str, str]:
    """The template database of each kind, once a test has filled it."""
    return {}


@pytest.fixture(params=["sqlite", "postgresql"])
def whole_url(request: pytest.FixtureRequest, set_sites: dict[str, str]) -> Iterator[str]:
    """The URL of a database of this test's own with the cast, all definitions and the campaign."""
    name = "sqlite_files" if request.param == "sqlite" else "postgresql_databases"
    source: DatabaseSource = request.getfixturevalue(name)
    if request.param not in set_sites:
        set_sites[request.param] = source.fresh()
        _fill(set_sites[request.param])
    url = source.copy(set_sites[request.param])
    yield url
    source.drop(url)


@pytest.fixture
def site(whole_url: str, clock: ReplayClock, tmp_path: Path) -> Iterator[Site]:
    """The application, ready to be visited."""
    database = Database(whole_url)
    runtime = _wired(database, clock)
    settings = WebSettings(
        secret_key="a key for the tests only",
        public_url="https://lookback.example",
        uploads=tmp_path / "uploads",
        page_size=3,
        largest_upload=LARGEST_UPLOAD,
        branches=BRANCHES,
    )
    yield Site(created(runtime, settings), runtime, clock)
    database.close()


@pytest.fixture
def play(site: Site) -> Play:
    """The demo's people without a browser, on the site's own database."""
    return Play(site.runtime, site.clock)


@pytest.fixture
def rectifying(play: Play) -> Play:
    """A hazard whose unit has planned and is putting it right."""
    play.register()
    play.act("zeren", "confirm_hazard", **CONFIRM)
    play.act("zeren", "make_plan", **PLAN)
    return play


def _fill(url: str) -> None:
    database = Database(url)
    with _wired(database, ReplayClock(CAMPAIGN_BEGINS)).unit_of_work() as uow:
        cast = load_cast(uow, counties=3, units_per_sector=2)
        deploy(uow, read_folder(DEFINITIONS), by="designer")
        open_campaign(uow, HENAN_2022, committee_id=cast.province_committee, by="shenganweiban")
    database.close()


def _wired(database: Database, clock: ReplayClock) -> Runtime:
    operators = OperatorRegistry(refusals=INCIDENTS, corrections=CORRECTIONS)
    timekeeping = Timekeeping()
    register_operators(operators, timekeeping)
    return Runtime(
        database,
        clock,
        operators=operators,
        functions=functions(timekeeping.calendar),
        listeners=listeners(),
    )
