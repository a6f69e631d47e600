"""The demo: a campaign that began six weeks ago, with everything that its people did until this hour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from sqlalchemy import func, select

from engine.clock import ReplayClock
from engine.definitions.library import latest
from lookback.bootstrap import Application
from lookback.demo_photo import picture
from lookback.serving import uploads_of
from web.uploads import keep
from workflows.campaigns.models import Campaign
from workflows.campaigns.opening import HENAN_2022, CampaignPlan, open_campaign
from workflows.cast import Cast, CastUnit, load_cast
from workflows.cast.sign_ins import DEMO_CITY, DEMO_COUNTY, DEMO_SECTOR, demo_sign_ins
from workflows.hazards.models import Hazard
from workflows.hazards.register import PROCESS
from workflows.simulation import Simulation
from workflows.simulation.campaign import FIRST_HOUR, Progress

DAYS_PLAYED: Final = 45
DAYS_TO_COME: Final = 39
HAZARDS: Final = 200


@dataclass(frozen=True)
class Demo:
    """What the database has of the demo; `is_new` is False when it was there before."""

    cast: Cast
    campaign: Campaign
    hazards: int
    is_new: bool


def load_demo(application: Application, *, counties: int | None, progress: Progress) -> Demo:
    """Put the demo's organisations, people, campaign and hazards into the database unless it has a campaign.

    The weeks behind it are played on a clock of their own, so that the campaign has a past when people first see it.
    Raises NotFound when the hazards' process is not deployed.
    """
    with application.runtime.unit_of_work() as uow:
        cast = load_cast(uow, counties=counties)
        campaign = uow.session.scalars(select(Campaign).order_by(Campaign.id)).first()
        is_new = campaign is None
        if campaign is None:
            latest(uow.session, PROCESS)
            plan = _plan(application.timekeeping.calendar.local_date(uow.now))
            campaign = open_campaign(uow, plan, committee_id=cast.province_committee, by="shenganweiban")
    if is_new:
        _play(application, campaign, cast, progress)
    with application.runtime.reading() as uow:
        hazards = uow.session.scalar(select(func.count()).select_from(Hazard)) or 0
    return Demo(cast, campaign, hazards, is_new)


def _plan(today: date) -> CampaignPlan:
    return replace(
        HENAN_2022,
        code="demo",
        name=f"{HENAN_2022.name}（演示）",
        first_day=today - timedelta(days=DAYS_PLAYED),
        last_day=today + timedelta(days=DAYS_TO_COME),
    )


def _play(application: Application, campaign: Campaign, cast: Cast, progress: Progress) -> None:
    timekeeping, now = application.timekeeping, application.runtime.clock.now()
    clock = ReplayClock(timekeeping.calendar.at(campaign.first_day, FIRST_HOUR))
    runtime = replace(application.runtime, clock=clock)
    near = replace(cast, units=_units_near(cast))
    photo = keep(uploads_of(application.settings), picture(), "现场照片.png")
    visitors = [each.account for each in demo_sign_ins()]
    played = Simulation(runtime, clock, timekeeping, campaign, near, Random(campaign.code), photo, visitors)
    played.run(HAZARDS, progress, until=now)


def _units_near(cast: Cast) -> tuple[CastUnit, ...]:
    """The units of the demo's city; half of all finds are made where the demo's fixed accounts work."""
    in_city = [unit for unit in cast.units if unit.region_code.startswith(DEMO_CITY)]
    at_home = [it for it in in_city if it.region_code.startswith(DEMO_COUNTY) and it.sector is DEMO_SECTOR]
    return (*in_city, *at_home * (len(in_city) // len(at_home)))
