"""`lookback demo load`: puts the demo campaign into the database and prints who may sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import click
from rich.table import Table

from lookback.cli.console import out, progress
from lookback.cli.launch import Launch, pass_launch
from lookback.demo import HAZARDS, Demo, load_demo
from workflows.cast import demo_sign_ins

STEPS_PER_HAZARD: Final = 14
"""About how many steps a hazard makes in the demo's weeks; the progress bar goes by it."""


@click.group()
def demo() -> None:
    """The demo campaign."""


@demo.command()
@click.option("--counties", type=click.IntRange(1), help="Only so many counties instead of all.")
@pass_launch
def load(launch: Launch, counties: int | None) -> None:
    """Load the demo campaign unless there is a campaign already; safe to repeat."""
    with launch.application() as application, progress() as bar:
        task = bar.add_task("Loading organisations and people", total=None)

        def show(moment: datetime, steps: int) -> None:
            day = moment.astimezone(launch.settings.zone).date()
            bar.update(task, total=HAZARDS * STEPS_PER_HAZARD, completed=steps, description=f"Playing {day}")

        demo = load_demo(application, counties=counties, progress=show)
        bar.update(task, visible=False)
    out.print(_summary(demo))
    out.print(_sign_ins())


def _summary(demo: Demo) -> str:
    loaded = "was loaded" if demo.is_new else "is there already"
    return (
        f"The demo campaign {loaded}: {demo.hazards} hazards, {demo.cast.organisations} organisations, "
        f"{demo.cast.people} people."
    )


def _sign_ins() -> Table:
    table = Table("account", "password", "who", title="Demo sign-ins", title_justify="left")
    for each in demo_sign_ins():
        table.add_row(each.account, each.password, each.title)
    return table
