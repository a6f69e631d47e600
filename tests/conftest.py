"""What every test may ask for: a real database of either kind, a clock that stands still, a plain engine runtime."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings

from engine.clock import ReplayClock
from engine.runtime import Runtime
from engine.storage.database import Database
from tests.databases import DatabaseSource, PostgresqlDatabases, SqliteFiles, postgresql_server

CAMPAIGN_BEGINS = datetime(2022, 11, 8, 1, 0, tzinfo=UTC)

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")  # a busy machine is no failure


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> DatabaseSource:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[DatabaseSource]:
    with postgresql_server() as socket_folder:
        yield PostgresqlDatabases(socket_folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of an empty, migrated database; the test runs once on each kind."""
    name = "sqlite_files" if request.param == "sqlite" else "postgresql_databases"
    source: DatabaseSource = request.getfixturevalue(name)
    url = source.fresh()
    yield url
    source.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> ReplayClock:
    """Stands at the campaign's first morning, 09:00 in Zhengzhou."""
    return ReplayClock(CAMPAIGN_BEGINS)


@pytest.fixture
def runtime(database: Database, clock: ReplayClock) -> Runtime:
    """An engine with no operators, functions or listeners."""
    return Runtime(database, clock)
