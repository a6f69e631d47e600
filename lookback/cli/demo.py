"""`lookback demo load`: puts the demo campaign into the database and prints who may sign in."""

from __future__ import annotations

import click
from rich.table import Table

from lookback.cli.console import err, out
from lookback.cli.launch import Launch, pass_launch
from workflows.cast import Cast, demo_sign_ins, load_cast


@click.group()
def demo() -> None:
    """The demo campaign."""


@demo.command()
@click.option("--counties", type=click.IntRange(1), help="Only so many counties instead of all.")
@pass_launch
def load(launch: Launch, counties: int | None) -> None:
    """Load the demo campaign unless it is there already; safe to repeat."""
    with launch.application() as application:
        with err.status("Loading organisations and people …"), application.runtime.unit_of_work() as uow:
            cast = load_cast(uow, counties=counties)
    out.print(_summary(cast))
    out.print(_sign_ins())


def _summary(cast: Cast) -> str:
    return f"The demo has {cast.organisations} organisations and {cast.people} people."


def _sign_ins() -> Table:
    table = Table("account", "password", "who", title="Demo sign-ins", title_justify="left")
    for each in demo_sign_ins():
        table.add_row(each.account, each.password, each.title)
    return table
