"""A stage for whole processes: the demo's cast, every definition of ours deployed, Henan's campaign open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.clock import ReplayClock
from engine.definitions import deploy
from engine.definitions.files import read_folder
from engine.operators import OperatorRegistry
from engine.runtime import Runtime
from engine.storage.database import Database
from tests.conftest import CAMPAIGN_BEGINS
from tests.databases import DatabaseSource
from tests.events import require_schemas
from tests.workflows.play import Play
from workflows.campaigns.opening import HENAN_2022, open_campaign
from workflows.cast import load_cast
from workflows.errors import CORRECTIONS, INCIDENTS
from workflows.expressions import functions
from workflows.registration import listeners, register_operators
from workflows.timekeeping import Timekeeping

DEFINITIONS = Path(__file__).parents[2] / "bpmn"


@pytest.fixture(scope="session")
def timekeeping() -> Timekeeping:
    return Timekeeping()


@pytest.fixture(scope="session")
def set_stages() -> dict[str, str]:
    """The template database of each kind, once a test has set it."""
    return {}


@pytest.fixture(params=["sqlite", "postgresql"])
def staged_url(request: pytest.FixtureRequest, timekeeping: Timekeeping, set_stages: dict[str, str]) -> Iterator[str]:
    """The URL of a database with the cast, the definitions and the campaign; copied from one that was set once."""
    name = "sqlite_files" if request.param == "sqlite" else "postgresql_databases"
    source: DatabaseSource = request.getfixturevalue(name)
    if request.param not in set_stages:
        set_stages[request.param] = source.fresh()
        _set_stage(set_stages[request.param], timekeeping)
    url = source.copy(set_stages[request.param])
    yield url
    source.drop(url)


@pytest.fixture
def staged(staged_url: str, clock: ReplayClock, timekeeping: Timekeeping) -> Iterator[Runtime]:
    """The wired runtime on the stage, as `lookback.bootstrap` wires it but with a clock that stands still."""
    database = Database(staged_url)
    yield _wired(database, clock, timekeeping)
    require_schemas(database)
    database.close()


@pytest.fixture
def play(staged: Runtime, clock: ReplayClock) -> Play:
    """A hazard's process under play by the demo's people."""
    return Play(staged, clock)


def _set_stage(url: str, timekeeping: Timekeeping) -> None:
    database = Database(url)
    runtime = _wired(database, ReplayClock(CAMPAIGN_BEGINS), timekeeping)
    with runtime.unit_of_work() as uow:
        cast = load_cast(uow, counties=3, units_per_sector=1)
        deploy(uow, read_folder(DEFINITIONS), by="designer")
        open_campaign(uow, HENAN_2022, committee_id=cast.province_committee, by="shenganweiban")
    database.close()


def _wired(database: Database, clock: ReplayClock, timekeeping: Timekeeping) -> Runtime:
    operators = OperatorRegistry(refusals=INCIDENTS, corrections=CORRECTIONS)
    register_operators(operators, timekeeping)
    return Runtime(
        database,
        clock,
        operators=operators,
        functions=functions(timekeeping.calendar),
        listeners=listeners(),
    )
