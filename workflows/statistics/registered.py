"""Asks the rollup what was registered in a period: by regions, or by one organisation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from workflows.calendar import BEIJING_TIME, ONE_DAY
from workflows.geography.divisions import divisions
from workflows.geography.paths import inside
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.statistics.asking import Question
from workflows.statistics.models import Counted, Statistic, StatisticChange
from workflows.statistics.periods import Period


def registered_below(session: Session, question: Question, period: Period) -> Mapping[str, int]:
    """The hazards registered in a period, by the path of the region below that they lie in."""
    folded = Statistic.region_path.in_(list(question.below))
    changed = inside(StatisticChange.region_path, question.path)
    found: dict[str, int] = {}
    for statement in (
        _by_path(question, period, Statistic, folded),
        _by_path(question, period, StatisticChange, changed),
    ):
        rows: Any = session.execute(statement)
        for path, number in rows:
            below = question.place_of(path)
            found[below] = found.get(below, 0) + int(number)
    return found


def has_registered(session: Session, campaign_id: int, organisation: Organisation, period: Period) -> bool:
    """Whether hazards of an enterprise, or of a body's region and sector, were registered in a period."""
    if organisation.kind is OrganisationKind.ENTERPRISE:
        return bool(session.scalar(select(_of_unit(campaign_id, organisation.id, period))))
    sectors = frozenset({organisation.sector}) if organisation.sector else None
    question = Question(campaign_id, divisions()[organisation.region_code], sectors)
    within = question.holds(StatisticChange), inside(StatisticChange.region_path, question.path)
    folded = select(func.sum(Statistic.found)).where(
        question.holds(Statistic),
        Statistic.region_path == question.path,
        Statistic.day.between(period.first_day, period.last_day),
    )
    changed = select(func.sum(StatisticChange.found)).where(
        *within, StatisticChange.day.between(period.first_day, period.last_day)
    )
    return bool((session.scalar(folded) or 0) + (session.scalar(changed) or 0))


def _by_path(question: Question, period: Period, table: type[Counted], place: ColumnElement[bool]) -> Any:
    within = question.holds(table), place, table.day.between(period.first_day, period.last_day)
    return select(table.region_path, func.sum(table.found)).where(*within).group_by(table.region_path)


def _of_unit(campaign_id: int, unit_id: int, period: Period) -> Any:
    first, after = (
        datetime.combine(day, time(), BEIJING_TIME) for day in (period.first_day, period.last_day + ONE_DAY)
    )
    return exists().where(
        Hazard.unit_id == unit_id,
        Hazard.campaign_id == campaign_id,
        Hazard.stage != Stage.VOIDED,
        Hazard.created_at >= first,
        Hazard.created_at < after,
    )
