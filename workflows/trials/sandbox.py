"""One trial under way: its hazard, its virtual clock, and what time brings while it passes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import func, select

from engine import jobs
from engine.clock import ReplayClock
from engine.runtime import Runtime, UnitOfWork
from engine.storage.models import Job, TaskStatus, UserTask
from workflows.campaigns.content_areas import ContentArea, Source
from workflows.campaigns.opening import HENAN_2022, open_campaign
from workflows.cast import Cast, CastUnit, cast_of
from workflows.errors import Refused
from workflows.escalation.digests import deliver_digests
from workflows.escalation.models import Notice
from workflows.escalation.notices import release_held
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard
from workflows.hazards.register import Registration, register
from workflows.hazards.words import Origin, Severity
from workflows.sentences import sentence
from workflows.timekeeping import Timekeeping
from workflows.trials.limits import JOBS_AT_ONCE, Watch
from workflows.trials.script import Beginning

OFFICE: Final = "anweiban"
PROVINCE: Final = "shenganweiban"
MORNING: Final = time(9)
UNDER_WAY: Final = timedelta(days=7)
"""How long the campaign has lasted when a trial begins."""
TO_COME: Final = timedelta(days=77)
CLAIMED_BEFORE: Final = timedelta(days=150)


@dataclass
class Sandbox:
    """The hazard `number` on its stage. `runtime` runs on `clock` and is heard by `watch`."""

    runtime: Runtime
    clock: ReplayClock
    timekeeping: Timekeeping
    watch: Watch
    number: str = ""

    @property
    def today(self) -> date:
        return self.timekeeping.calendar.local_date(self.clock.now())

    def begin(self, beginning: Beginning, campaign_days: tuple[date, date] | None = None) -> None:
        """Open a campaign and register the hazard. Raises Refused when the cast has no such unit.

        The campaign lasts from the first to the last of its days; it is well under way unless these are given.
        """
        with self.runtime.unit_of_work() as uow:
            cast = cast_of(uow.session)
            assert cast is not None
            first, last = campaign_days or (beginning.on - UNDER_WAY, beginning.on + TO_COME)
            plan = replace(HENAN_2022, first_day=first, last_day=last)
            campaign = open_campaign(uow, plan, committee_id=cast.province_committee, by=PROVINCE)
            unit = unit_of(cast, beginning)
            self.number = register(uow, _registration(campaign.id, unit, beginning), by=OFFICE).number

    def hazard(self, uow: UnitOfWork) -> Hazard:
        """The hazard as it is now."""
        return hazard_of(uow.session, self.number)

    def open_tasks(self, uow: UnitOfWork) -> Sequence[UserTask]:
        """The open tasks of all processes of the hazard, the oldest first."""
        found = select(UserTask).where(UserTask.business_key == self.number, UserTask.status == TaskStatus.OPEN)
        return uow.session.scalars(found.order_by(UserTask.id)).all()

    def settle(self) -> None:
        """Do what is due now. Raises TrialStopped when there is no end of it."""
        while not (swept := jobs.sweep(self.runtime, limit=JOBS_AT_ONCE)).is_idle:
            self.watch.jobs_done(swept.fired + swept.failed)
        with self.runtime.unit_of_work() as uow:
            while release_held(uow, limit=JOBS_AT_ONCE) == JOBS_AT_ONCE:
                pass
        deliver_digests(self.runtime, self.timekeeping)

    def pass_time_until(self, moment: datetime) -> None:
        """Let time pass; whatever it brings on the way happens at its own moment."""
        while (coming := self.next_moment()) is not None and coming <= moment:
            self.clock.advance_to(coming)
            self.settle()
        if moment > self.clock.now():
            self.clock.advance_to(moment)
            self.settle()

    def next_moment(self) -> datetime | None:
        """When time brings something next; None when only people can go on."""
        with self.runtime.reading() as uow:
            return next_moment(uow)


def next_moment(uow: UnitOfWork) -> datetime | None:
    """When time brings something next in the trial that `uow` reads."""
    return min((moment for moment in _moments(uow) if moment > uow.now), default=None)


def unit_of(cast: Cast, beginning: Beginning) -> CastUnit:
    """The first enterprise of the cast in this county and sector. Raises Refused without one."""
    for unit in cast.units:
        if unit.region_code.startswith(beginning.region) and unit.sector is beginning.sector:
            return unit
    raise Refused(sentence("the cast of the trials has no enterprise of this sector in region %(region)s",
                           region=beginning.region))  # fmt: skip


def _moments(uow: UnitOfWork) -> Iterator[datetime]:
    """When due jobs are to be done or tried again, and when notices come that are held or wait for a digest."""
    for due_at, claimed_until in uow.session.execute(select(Job.due_at, Job.claimed_until).where(~Job.paused)):
        yield max(due_at, claimed_until or due_at)
    held = select(func.min(Notice.deliver_at)).where(Notice.delivered_at.is_(None), Notice.deliver_at > uow.now)
    if (first := uow.session.scalar(held)) is not None:
        yield first


def _registration(campaign_id: int, unit: CastUnit, beginning: Beginning) -> Registration:
    more: dict[str, Any] = {}
    if beginning.severity is Severity.MAJOR:
        more["criterion"] = "经专家组认定为重大事故隐患"
    if beginning.origin is Origin.CARRIED_OVER:
        more["previous_number"] = "试运行-1"
    if beginning.origin is Origin.CARRIED_OVER and beginning.claimed:
        more |= {"claimed_result": "已整改", "claimed_done_on": beginning.on - CLAIMED_BEFORE}
    return Registration(
        campaign_id=campaign_id,
        title="试运行隐患",
        description="试运行用的虚拟隐患，不入台账",
        region_code=unit.region_code,
        sector=unit.sector,
        severity=beginning.severity,
        origin=beginning.origin,
        content_area=ContentArea.SECTOR_CAMPAIGN,
        source=Source.SECTOR_CAMPAIGN,
        unit_name=unit.name,
        unit_id=unit.id,
        found_on=beginning.on,
        **more,
    )
