"""`lookback migrate`: brings the database to the present schema."""

from __future__ import annotations

import click

from engine.storage.migrate import current, is_current, upgrade
from lookback.cli.console import out
from lookback.cli.launch import Launch, pass_launch
from lookback.migrations import BRANCHES


@click.command()
@pass_launch
def migrate(launch: Launch) -> None:
    """Create the database or bring it to the present schema; safe to repeat."""
    url = launch.settings.database.url
    if is_current(url, BRANCHES):
        out.print("The database is at the present schema already.")
        return
    with out.status("Migrating the database …"):
        upgrade(url, BRANCHES)
    out.print(f"The database is at the present schema: {', '.join(sorted(current(url)))}.")
