"""What every command starts from: the settings, and the wired application on a database that is ready for it."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.storage.migrate import is_current
from lookback.configuration import read_settings
from lookback.errors import StartError
from lookback.memory import prepare_collector
from lookback.migrations import BRANCHES
from lookback.settings import Settings

if TYPE_CHECKING:
    from lookback.bootstrap import Application


class NotMigrated(StartError):
    """The database lacks migrations; run `lookback migrate` first."""


@dataclass
class Launch:
    """The command line's options that come before the command; the settings are read when first asked for."""

    configuration: Path | None

    @cached_property
    def settings(self) -> Settings:
        return read_settings(self.configuration)

    @contextmanager
    def application(self, *, needs_tables: bool = True) -> Generator[Application]:
        """The wired application, closed afterwards. Raises NotMigrated when it needs tables that are not there."""
        # Imported here, because `migrate` and `--help` need none of it.
        from lookback.bootstrap import bootstrap

        if needs_tables and not is_current(self.settings.database.url, BRANCHES):
            raise NotMigrated("the database is not at the present schema; run `lookback migrate`")
        application = bootstrap(self.settings)
        prepare_collector()
        try:
            yield application
        finally:
            application.close()

    def start_logging(self) -> None:
        """Log to standard error, as a server does."""
        logging.basicConfig(level=self.settings.log.level, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of every look at the schema


pass_launch = click.make_pass_decorator(Launch)
