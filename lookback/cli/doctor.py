"""`lookback doctor`: says whether everything is as it should be, and what to do where it is not."""

from __future__ import annotations

import click

from lookback.cli.console import out
from lookback.cli.launch import Launch, pass_launch
from lookback.doctor import examine


@click.command()
@pass_launch
@click.pass_context
def doctor(ctx: click.Context, launch: Launch) -> None:
    """Check the installation; exits with 1 when something is wrong."""
    is_well = True
    with launch.application(needs_tables=False) as application:
        for finding in examine(application):
            is_well &= finding.is_well
            sign, style = ("✓", "green") if finding.is_well else ("✗", "red")
            out.print(f"{sign} {finding.subject}: {finding.detail}", style=style, markup=False)
            if finding.remedy:
                out.print(f"  → {finding.remedy}", markup=False)
    ctx.exit(0 if is_well else 1)
