"""A quick look whether the figures can be right: how many hazards are at each stage, counted from the rows by SQL."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.campaigns.models import Campaign
from workflows.geography.divisions import HENAN, path_of
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage
from workflows.statistics.cells import HERE_NOW
from workflows.statistics.measures import Measure
from workflows.statistics.models import Statistic, StatisticChange, column_of
from workflows.statistics.snapshot import hold_still

AT_STAGE = {**HERE_NOW, Stage.CLOSED: Measure.CLOSED}


def sound(session: Session) -> Iterator[str]:
    """Each campaign and stage whose count differs from the figures; `differences` looks at every single figure."""
    hold_still(session)
    for campaign, code in session.execute(select(Campaign.id, Campaign.code).order_by(Campaign.id)):
        rows = session.execute(
            select(Hazard.stage, func.count()).where(Hazard.campaign_id == campaign).group_by(Hazard.stage)
        )
        counted = {stage: number for stage, number in rows}  # noqa: C416 - a Row is no pair to the type checker
        for stage, measure in AT_STAGE.items():
            told = _told(session, campaign, measure)
            if told != counted.get(stage, 0):
                yield f"{code}: {told} hazards at {stage.value}, the rows give {counted.get(stage, 0)}"


def _told(session: Session, campaign: int, measure: Measure) -> int:
    folded = select(func.sum(column_of(Statistic, measure))).where(
        Statistic.campaign_id == campaign, Statistic.region_path == path_of(HENAN)
    )
    changed = select(func.sum(column_of(StatisticChange, measure))).where(StatisticChange.campaign_id == campaign)
    return int(session.scalar(folded) or 0) + int(session.scalar(changed) or 0)
