"""`lookback statistics`: whether the figures are what the hazards' rows give, and putting them right."""

from __future__ import annotations

import click

from lookback.cli.console import out
from lookback.cli.launch import Launch, pass_launch
from workflows.campaigns.opening import campaign_by_code
from workflows.statistics.recounting import differences, rebuild

SHOWN = 20


@click.group()
def statistics() -> None:
    """The figures of campaigns."""


@statistics.command()
@click.option("--campaign", metavar="CODE", help="One campaign only, e.g. henan-2022.")
@pass_launch
@click.pass_context
def check(ctx: click.Context, launch: Launch, campaign: str | None) -> None:
    """Count everything anew from the rows and name each figure that differs; exits with 1 when one does."""
    with launch.application() as application, application.runtime.reading() as uow:
        wrong = 0
        chosen = campaign_by_code(uow.session, campaign).id if campaign else None
        for difference in differences(uow, chosen):
            wrong += 1
            if wrong <= SHOWN:
                out.print(str(difference), style="red", markup=False)
    if wrong > SHOWN:
        out.print(f"and {wrong - SHOWN} more")
    out.print("→ lookback statistics rebuild" if wrong else "Every figure is what the rows give.")
    ctx.exit(1 if wrong else 0)


@statistics.command(name="rebuild")
@pass_launch
def rebuild_figures(launch: Launch) -> None:
    """Put the figures in place anew from the rows; nobody can change a hazard meanwhile."""
    with launch.application() as application, application.runtime.unit_of_work() as uow:
        rows = rebuild(uow)
    out.print(f"{rows:,} rows of figures were counted anew.")
