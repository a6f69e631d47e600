"""Where commands write: results to standard output, everything else to standard error; and how progress looks."""

from __future__ import annotations

import sys
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

PIPED: Final = 200
"""Columns of a table that no terminal shows, so that what is piped is not cut."""

out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else PIPED)
err = Console(stderr=True, highlight=False, soft_wrap=True, width=None if sys.stderr.isatty() else PIPED)


def progress() -> Progress:
    """A bar with counts and the time left, on standard error so that results can be piped."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=err,
    )


def add_row(table: Table, *cells: object, style: str = "") -> None:
    """A row whose cells are shown as they are: what another system said is no markup."""
    table.add_row(*(Text(str(cell)) for cell in cells), style=style)
