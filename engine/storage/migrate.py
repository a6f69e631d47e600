"""Brings a database to the present schema; each package keeps its own branch of migrations in one shared history."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

from engine.storage.migrations.beside import add_companions

ENVIRONMENT = Path(__file__).parent / "migrations"


@dataclass(frozen=True)
class Branch:
    """The migrations of one package, whose name is also the branch's label."""

    package: str
    versions: Path


ENGINE = Branch("engine", ENVIRONMENT / "versions")


def upgrade(database_url: str, branches: Sequence[Branch] = (ENGINE,)) -> None:
    """Apply every migration that the database lacks, in one transaction; nothing happens when it lacks none.

    A missing SQLite file is created. Several processes may call this at once: the later ones wait, then do nothing.
    """
    url = make_url(database_url)
    if _is_sqlite_file(url):
        Path(url.database or "").absolute().parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(_config(url, branches), "heads")


def current(database_url: str) -> frozenset[str]:
    """The revisions the database stands at; empty for one that was never migrated."""
    url = make_url(database_url)
    if _is_sqlite_file(url) and not Path(url.database or "").exists():
        return frozenset()
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return frozenset(MigrationContext.configure(connection).get_current_heads())


def is_current(database_url: str, branches: Sequence[Branch] = (ENGINE,)) -> bool:
    """Whether the database has every migration of these branches."""
    scripts = ScriptDirectory.from_config(_config(make_url(database_url), branches))
    applied = {script.revision for script in scripts.get_all_current(tuple(current(database_url)))}
    return set(scripts.get_heads()) <= applied


def write_revision(message: str, branch: Branch, branches: Sequence[Branch] = (ENGINE,)) -> list[Path]:
    """Write the migration that brings the schema to what `branch.package`'s imported models say.

    For developers; the comparison runs against a fresh SQLite file, so no real database is touched. Empty when
    nothing changed.
    """
    branch.versions.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        url = make_url(f"sqlite:///{folder}/empty.db")
        config = _config(url, branches)
        command.upgrade(config, "heads")
        config.attributes["package"] = branch.package
        scripts = ScriptDirectory.from_config(config)
        is_first = not any(branch.package in script.branch_labels for script in scripts.walk_revisions())
        written = command.revision(
            config,
            message,
            autogenerate=True,
            head="base" if is_first else f"{branch.package}@head",
            branch_label=branch.package if is_first else None,
            version_path=str(branch.versions) if is_first else None,
            depends_on=_engine_head(scripts) if is_first and branch != ENGINE else None,
            process_revision_directives=_finish,
        )
    return [Path(script.path) for script in _as_list(written)]


def _config(url: URL, branches: Sequence[Branch]) -> Config:
    config = Config(attributes={"url": url})
    config.set_main_option("script_location", _escaped(ENVIRONMENT))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", os.pathsep.join(_escaped(branch.versions) for branch in branches))
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    return config


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%")


def _is_sqlite_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}


def _engine_head(scripts: ScriptDirectory) -> str | None:
    heads = scripts.get_revisions(f"{ENGINE.package}@head")
    return heads[0].revision if heads and heads[0] else None


def _finish(_context: object, _revision: object, directives: list[Any]) -> None:
    if directives and directives[0].upgrade_ops.is_empty():
        directives.clear()
    for directive in directives:
        add_companions(directive)


def _as_list(written: Script | list[Script | None] | None) -> list[Script]:
    scripts = written if isinstance(written, list) else [written]
    return [script for script in scripts if script is not None]
