"""The drawn hazards of a round, page by page, narrowed to what somebody looks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from engine.storage.models import UserTask
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage
from workflows.labels import LabelledEnum
from workflows.spot_check.models import SampledHazard, SpotCheckRound
from workflows.spot_check.progress import IS_OPEN_INSPECTION, Inspection, with_tasks
from workflows.spot_check.standing import Standing, concerns


class Which(LabelledEnum):
    """Which drawn hazards of a round are shown."""

    ALL = "all", "全部"
    OPEN = "open", "未核查"
    OVERDUE = "overdue", "超期"
    WITHOUT_TEAM = "without_team", "未派组"
    INSPECTED = "inspected", "已核查"


@dataclass(frozen=True)
class SamplePage:
    """Some drawn hazards, and the place (the last id) to go on after; None at the end."""

    inspections: Sequence[Inspection]
    next: int | None


def sample_page(
    session: Session,
    it: SpotCheckRound,
    standing: Standing,
    now: datetime,
    *,
    which: Which = Which.ALL,
    team_id: int | None = None,
    after: int = 0,
    limit: int = 50,
) -> SamplePage:
    """A page of the drawn hazards that the person may see, in the order of the strata and of the draw."""
    found = (
        select(SampledHazard, Hazard)
        .join(Hazard, Hazard.id == SampledHazard.hazard_id)
        .where(SampledHazard.round_id == it.id, SampledHazard.id > after, *_narrowed(which, now))
    )
    if team_id is not None:
        found = found.where(SampledHazard.team_id == team_id)
    if not standing.oversees(it.region_path):
        found = found.where(concerns(standing))
    rows = session.execute(found.order_by(SampledHazard.id).limit(limit + 1)).all()
    page = rows[:limit]
    return SamplePage(with_tasks(session, page), page[-1][0].id if len(rows) > limit else None)


def _narrowed(which: Which, now: datetime) -> Sequence[ColumnElement[bool]]:
    still_open = (SampledHazard.inspected_at.is_(None), Hazard.stage != Stage.VOIDED)
    match which:
        case Which.OPEN:
            return still_open
        case Which.WITHOUT_TEAM:
            return (*still_open, SampledHazard.team_id.is_(None))
        case Which.INSPECTED:
            return (SampledHazard.inspected_at.is_not(None),)
        case Which.OVERDUE:
            late = (UserTask.business_key == SampledHazard.number, *IS_OPEN_INSPECTION, UserTask.due_at < now)
            return (*still_open, exists().where(*late))
        case Which.ALL:
            return ()
