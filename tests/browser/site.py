"""The real application on a real database, answering at a port of this machine as `lookback serve` does."""

from __future__ import annotations

import socket
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

from sqlalchemy import select
from waitress.server import create_server

from engine.clock import ReplayClock
from engine.definitions import deploy
from engine.definitions.files import read_folder
from engine.storage.models import TaskStatus, UserTask
from lookback.bootstrap import Application, bootstrap
from lookback.serving import web_application
from lookback.settings import CalendarSettings, DatabaseSettings, DefinitionSettings, Settings, WebSettings
from tests.workflows.play import Play
from workflows.campaigns.opening import HENAN_2022, open_campaign
from workflows.cast import load_cast
from workflows.hazards.models import Hazard

THREADS = 4


@dataclass(frozen=True)
class Site:
    """The application that answers at `address`, with its engine at hand for what no page does yet."""

    address: str
    application: Application

    @property
    def play(self) -> Play:
        """The demo's people without a browser; the play's clock is not used, because the site goes by the real time."""
        return Play(self.application.runtime, ReplayClock(self.application.runtime.clock.now()))

    def register(self, **overrides: Any) -> Hazard:
        """A hazard of the demo's enterprise that was found today."""
        return self.play.register(**{"found_on": self.today, **overrides})

    def task_id(self, hazard: Hazard, element_id: str) -> int:
        """The number of the hazard's open task at an element."""
        open_there = (UserTask.element_id == element_id, UserTask.status == TaskStatus.OPEN)
        with self.application.runtime.reading() as uow:
            wanted = select(UserTask.id).where(UserTask.business_key == hazard.number, *open_there)
            return uow.session.scalars(wanted).one()

    @property
    def today(self) -> date:
        return _today(self.application)


def settings_for(url: str, state: Path, port: int = 8080) -> Settings:
    """An installation's settings; its calendar covers this year and the next, whether or not the library does."""
    year = datetime.now().astimezone().year
    return Settings(
        state_folder=state,
        database=DatabaseSettings(url=url),
        calendar=CalendarSettings(covered_years=(year, year + 1)),
        web=WebSettings(port=port, threads=THREADS),
    )


def found(url: str, state: Path) -> None:
    """Put the cast, our definitions and a campaign that began a week ago into a migrated database."""
    application = bootstrap(settings_for(url, state))
    began = _today(application) - timedelta(days=7)
    plan = replace(HENAN_2022, first_day=began, last_day=began + timedelta(days=84))
    with application.runtime.unit_of_work() as uow:
        cast = load_cast(uow, counties=3, units_per_sector=1)
        deploy(uow, read_folder(DefinitionSettings().folder), by="designer")
        open_campaign(uow, plan, committee_id=cast.province_committee, by="shenganweiban")
    application.close()


@contextmanager
def serving(url: str, state: Path) -> Generator[Site]:
    """The site, from when it answers until nobody may ask any more."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    application = bootstrap(settings_for(url, state, port))
    server: Any = create_server(web_application(application), sockets=[listening], threads=THREADS, ident=None)
    answering = Thread(target=server.run, name=f"site {port}")
    answering.start()
    try:
        yield Site(f"http://127.0.0.1:{port}", application)
    finally:
        server.trigger.pull_trigger(server.close)  # closed by its own thread, which is not to wait on a closed socket
        answering.join()
        server.task_dispatcher.shutdown()
        application.close()


def _today(application: Application) -> date:
    return application.timekeeping.calendar.local_date(application.runtime.clock.now())
