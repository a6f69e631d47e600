"""The migrations build exactly what the models say, on both databases, once, together or not at all."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import NullPool

from engine.storage.base import Base
from engine.storage.migrate import ENGINE, Branch, current, is_current, upgrade, write_revision
from engine.storage.migrations.rendering import tables_of
from lookback.migrations import BRANCHES
from tests.databases import DatabaseSource

EXTENSION = """
import sqlalchemy as sa
from alembic import op

revision = "aaaaaaaaaaaa"
down_revision = None
branch_labels = ("extension",)
depends_on = "engine"


def upgrade() -> None:
    op.create_table("extension_note", sa.Column("id", sa.Integer, primary_key=True))
{failure}
"""


@pytest.fixture
def extension(tmp_path: Path) -> Branch:
    return _branch(tmp_path, "")


@pytest.fixture
def failing_extension(tmp_path: Path) -> Branch:
    return _branch(tmp_path, "    raise RuntimeError('halfway')")


def _branch(folder: Path, failure: str) -> Branch:
    (folder / "first.py").write_text(EXTENSION.format(failure=failure))
    return Branch("extension", folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/a folder/100%.db"
    source: DatabaseSource = request.getfixturevalue("postgresql_databases")
    return source.empty()


def tables(url: str) -> set[str]:
    engine = create_engine(url, poolclass=NullPool)
    return set(inspect(engine).get_table_names())


def test_the_schema_is_what_the_models_say(database_url: str) -> None:
    import_module("lookback.bootstrap")
    with create_engine(database_url, poolclass=NullPool).connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": tables_of(None), "compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.mark.parametrize("branch", BRANCHES, ids=lambda branch: branch.package)
def test_no_migration_is_missing(branch: Branch, tmp_path: Path) -> None:
    import_module("lookback.bootstrap")
    copies = tuple(_copy(each, tmp_path / each.package) for each in BRANCHES)

    written = write_revision("missing", next(copy for copy in copies if copy.package == branch.package), copies)

    assert [path.read_text() for path in written] == []


def _copy(branch: Branch, folder: Path) -> Branch:
    folder.mkdir()
    for script in branch.versions.glob("*.py"):
        (folder / script.name).write_bytes(script.read_bytes())
    return Branch(branch.package, folder)


def test_a_migrated_database_is_current(database_url: str) -> None:
    assert is_current(database_url, BRANCHES)


def test_migrating_again_changes_nothing(database_url: str) -> None:
    before = current(database_url)

    upgrade(database_url, BRANCHES)

    assert current(database_url) == before


def test_an_empty_database_is_not_current_until_it_is_migrated(empty_database_url: str) -> None:
    assert current(empty_database_url) == frozenset()
    assert not is_current(empty_database_url)

    upgrade(empty_database_url)

    assert is_current(empty_database_url)


def test_a_branch_is_added_to_a_database_that_has_the_engine_already(
    empty_database_url: str, extension: Branch
) -> None:
    upgrade(empty_database_url)
    assert not is_current(empty_database_url, (ENGINE, extension))

    upgrade(empty_database_url, (ENGINE, extension))

    assert is_current(empty_database_url, (ENGINE, extension))
    assert "extension_note" in tables(empty_database_url)


def test_a_branch_brings_what_it_depends_on(empty_database_url: str, extension: Branch) -> None:
    upgrade(empty_database_url, (ENGINE, extension))

    assert {"extension_note", "instance"} <= tables(empty_database_url)


def test_a_migration_that_fails_leaves_nothing_behind(empty_database_url: str, failing_extension: Branch) -> None:
    with pytest.raises(RuntimeError, match="halfway"):
        upgrade(empty_database_url, (ENGINE, failing_extension))

    assert tables(empty_database_url) == set()


def test_processes_that_migrate_together_do_it_once(empty_database_url: str) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(upgrade, [empty_database_url] * 2))

    assert is_current(empty_database_url)
