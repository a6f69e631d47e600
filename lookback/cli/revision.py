"""`lookback revision`: for developers, writes the migration that the changed models need."""

from __future__ import annotations

from importlib import import_module

import click

from engine.storage.migrate import write_revision
from lookback.cli.console import out
from lookback.migrations import BRANCHES


@click.command(hidden=True)
@click.argument("package", type=click.Choice([branch.package for branch in BRANCHES]))
@click.argument("message")
def revision(package: str, message: str) -> None:
    """Compare the models of PACKAGE with its migrations and write the one that is missing; MESSAGE is its title."""
    import_module("lookback.serving")  # so that every model is known
    branch = next(branch for branch in BRANCHES if branch.package == package)
    for path in write_revision(message, branch, BRANCHES):
        out.print(str(path))
