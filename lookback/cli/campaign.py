"""`lookback campaign simulate`: plays a whole campaign on the real system, and adds up what came of it."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random

import click
from rich.table import Table

from engine.clock import ReplayClock
from engine.definitions import deploy
from engine.storage.migrate import upgrade
from lookback.bootstrap import Application, bootstrap, timekeeping_of
from lookback.cli.console import out, progress
from lookback.cli.launch import Launch, pass_launch
from lookback.definitions import files_in
from lookback.errors import StartError
from lookback.memory import prepare_collector
from lookback.migrations import BRANCHES
from lookback.settings import Settings
from workflows.campaigns.models import Campaign
from workflows.campaigns.opening import HENAN_2022, open_campaign
from workflows.cast import Cast, load_cast
from workflows.simulation import Simulation, Tally
from workflows.simulation.campaign import FIRST_HOUR


class DatabaseInUse(StartError):
    """A simulation needs a database of its own; name a file or database that does not exist or is empty."""


@click.group()
def campaign() -> None:
    """Campaigns."""


@campaign.command()
@click.option("--hazards", default=2_000, show_default=True, type=click.IntRange(1), help="How many hazards.")
@click.option("--counties", default=20, show_default=True, type=click.IntRange(1), help="How many counties take part.")
@click.option("--seed", default=2022, show_default=True, help="The same seed plays the same campaign.")
@click.option("--database", help="The URL of an empty database to play on, and to keep; else a scratch file.")
@pass_launch
@click.pass_context
def simulate(ctx: click.Context, launch: Launch, hazards: int, counties: int, seed: int, database: str | None) -> None:
    """Play Henan's look-back of 2022 from its first to its last day; exits with 1 when the summary does not add up."""
    with _application(launch.settings, database) as (application, clock):
        played = _prepare(application, clock, counties, seed)
        prepare_collector()
        tally = _play(played, hazards)
    out.print(_table(tally))
    ctx.exit(0 if tally.adds_up else 1)


@contextmanager
def _application(settings: Settings, url: str | None) -> Generator[tuple[Application, ReplayClock]]:
    with tempfile.TemporaryDirectory(prefix="lookback-simulation-") as folder:
        own = settings.database.model_copy(update={"url": url or f"sqlite:///{Path(folder) / 'campaign.db'}"})
        settings = settings.model_copy(update={"database": own})
        upgrade(own.url, BRANCHES)
        clock = ReplayClock(timekeeping_of(settings).calendar.at(HENAN_2022.first_day, FIRST_HOUR))
        application = bootstrap(settings, clock)
        try:
            yield application, clock
        finally:
            application.close()


def _prepare(application: Application, clock: ReplayClock, counties: int, seed: int) -> Simulation:
    with application.runtime.unit_of_work() as uow:
        if uow.session.query(Campaign).first() is not None:
            raise DatabaseInUse("the database holds a campaign already; name an empty one")
        deploy(uow, files_in(application.settings.definitions.folder), by="designer", comment="campaign simulate")
        cast: Cast = load_cast(uow, counties=counties, seed=seed)
        opened = open_campaign(uow, HENAN_2022, committee_id=cast.province_committee, by="shenganweiban")
    return Simulation(application.runtime, clock, application.timekeeping, opened, cast, Random(seed))


def _play(simulation: Simulation, hazards: int) -> Tally:
    first, last = simulation.campaign.first_day, simulation.campaign.last_day
    with progress() as bar:
        task = bar.add_task("Playing the campaign", total=(last - first).days + 1)

        def show(moment: datetime, steps: int) -> None:
            day = simulation.timekeeping.calendar.local_date(moment)
            bar.update(task, completed=(day - first).days, description=f"{day}  {steps:>9,} steps")

        return simulation.run(hazards, show)


def _table(tally: Tally) -> Table:
    table = Table("", "count", "", title="The campaign", title_justify="left")
    for line in tally.lines:
        table.add_row(line.what, f"{line.count:,}", line.fault or "✓", style="red" if line.fault else "")
    return table
