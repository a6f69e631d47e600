"""`lookback scheduler run`: a node that does only what is done by the clock."""

from __future__ import annotations

import click

from engine.scheduler import run_until_told
from lookback.cli.console import err
from lookback.cli.launch import Launch, pass_launch


@click.group()
def scheduler() -> None:
    """The clock that fires due timers."""


@scheduler.command()
@pass_launch
def run(launch: Launch) -> None:
    """Sweep due work until stopped; any number of nodes may do so at the same time."""
    launch.start_logging()
    with launch.application() as application:
        scheduler = application.scheduler()
        run_until_told(scheduler, begun=lambda: err.print("The scheduler runs; Ctrl-C ends it."))
