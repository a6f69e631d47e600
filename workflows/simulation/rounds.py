"""The committee's spot-check rounds in the course of a simulated campaign."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from sqlalchemy import func, select

from engine.runtime import Runtime, UnitOfWork
from workflows.campaigns.models import Campaign
from workflows.errors import Refused
from workflows.spot_check.assigning import assign_round
from workflows.spot_check.committing import commit_round
from workflows.spot_check.ending import end_round
from workflows.spot_check.models import RoundStatus, SampledHazard, SpotCheckRound
from workflows.spot_check.parameters import DrawParameters
from workflows.spot_check.revealing import draw_round
from workflows.spot_check.rounds import RoundPlan, plan_round

DAYS_INTO_CAMPAIGN: Final = (20, 35, 50)
SHARE: Final = 60
"""Of a thousand candidates, how many are drawn."""
OFFICE: Final = "shenganweiban"
WORDS: Final = "七、十二、三十一"
WITNESSES: Final = ("纪检监察人员", "人大代表")


@dataclass
class Rounds:
    """Opens each round on its day, and ends it as soon as every sampled hazard was inspected.

    The secret seeds come from `random`, so that a simulation is repeatable.
    """

    runtime: Runtime
    campaign: Campaign
    random: Random
    _open: list[int] = field(default_factory=list[int])

    def begin_if_due(self, today: date) -> bool:
        """Hold a round's draw today if one is planned for it; True when it was held."""
        if (today - self.campaign.first_day).days not in DAYS_INTO_CAMPAIGN:
            return False
        try:
            with self.runtime.unit_of_work() as uow:
                planned = plan_round(uow, self._plan(today), by=OFFICE)
                commit_round(uow, planned, by=OFFICE, random_bytes=self.random.randbytes)
        except Refused:  # nothing has come as far as the spot-check yet
            return False
        with self.runtime.unit_of_work() as uow:
            draw_round(uow, self._round(uow, planned.id), words=WORDS, witnesses=WITNESSES, by=OFFICE)
        with self.runtime.unit_of_work() as uow:
            assign_round(uow, self._round(uow, planned.id), by=OFFICE)
        self._open.append(planned.id)
        return True

    def end_inspected(self) -> int:
        """End the rounds whose every sampled hazard was inspected; returns how many ended."""
        inspected = [round_id for round_id in self._open if self._is_inspected(round_id)]
        for round_id in inspected:
            with self.runtime.unit_of_work() as uow:
                end_round(uow, self._round(uow, round_id), by=OFFICE)
            self._open.remove(round_id)
        return len(inspected)

    def _plan(self, today: date) -> RoundPlan:
        closed_since = today - timedelta(days=30)
        parameters = DrawParameters(sample_permille=SHARE)
        return RoundPlan(
            campaign_id=self.campaign.id,
            name=f"{today.month}月综合抽查",
            parameters=parameters,
            closed_since=closed_since,
        )

    def _round(self, uow: UnitOfWork, round_id: int) -> SpotCheckRound:
        return uow.session.get_one(SpotCheckRound, round_id)

    def _is_inspected(self, round_id: int) -> bool:
        waiting = select(func.count()).where(SampledHazard.round_id == round_id, SampledHazard.inspected_at.is_(None))
        with self.runtime.reading() as uow:
            is_assigned = self._round(uow, round_id).status is RoundStatus.ASSIGNED
            return is_assigned and uow.session.scalar(waiting) == 0
