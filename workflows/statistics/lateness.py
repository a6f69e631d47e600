"""Who is late: regions, departments and units with the hazards whose time limit ended before today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.calendar import BEIJING_TIME
from workflows.geography.divisions import Division, path_of
from workflows.geography.paths import inside
from workflows.hazards.models import Hazard
from workflows.hazards.words import Stage
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.organisations.sectors import Sector
from workflows.statistics.asking import Question
from workflows.statistics.figures import Figures
from workflows.statistics.reading import Reading

SHOWN: Final = 10
ENDED: Final = (Stage.CLOSED, Stage.VOIDED)


@dataclass(frozen=True)
class LateRegion:
    region: Division
    figures: Figures


@dataclass(frozen=True)
class LateDepartment:
    """A department, or where there is none the sector itself, in its region."""

    region: Division
    sector: Sector
    name: str | None
    figures: Figures


@dataclass(frozen=True)
class LateUnit:
    """A unit with its late hazards; `unit_id` is None for one that is no organisation of ours. `since` is the day on
    which the earliest of their time limits ended."""

    unit_id: int | None
    name: str
    overdue: int
    since: date


def regions_by_standing(reading: Reading) -> Sequence[LateRegion]:
    """The regions below that have hazards, the furthest with closing them first; of equals the one with fewer late."""
    lines = [LateRegion(it, reading.of_region(path)) for path, it in reading.question.below.items()]
    return sorted((line for line in lines if line.figures.found), key=_standing)


def late_departments(session: Session, reading: Reading) -> Sequence[LateDepartment]:
    """The departments with most late hazards: those of the regions below, in a county its own."""
    question = reading.question
    places = question.below if question.has_counties else {question.path: question.region}
    lines = [(it, sector, reading.of(path, sector)) for path, it in places.items() for sector in Sector]
    late = sorted((line for line in lines if line[2].overdue), key=lambda line: -line[2].overdue)[:SHOWN]
    names = _departments(session, {it.code for it, _, _ in late})
    return [LateDepartment(it, sector, names.get((it.code, sector)), figures) for it, sector, figures in late]


def late_units(session: Session, question: Question, today: date) -> Sequence[LateUnit]:
    """The units with most late hazards; only where no county lies below: there they are few enough to look at."""
    if question.has_counties:
        return []
    count, since = func.count(), func.min(Hazard.due_at)
    wanted = (
        select(Hazard.unit_id, Hazard.unit_name, count, since)
        .where(
            Hazard.campaign_id == question.campaign_id,
            inside(Hazard.region_path, question.path),
            Hazard.due_at < datetime.combine(today, time(), BEIJING_TIME),
            Hazard.rectified_at.is_(None),
            Hazard.stage.not_in(ENDED),
        )
        .group_by(Hazard.unit_id, Hazard.unit_name)
        .order_by(count.desc(), since, Hazard.unit_name)
        .limit(SHOWN)
    )
    if question.sectors is not None:
        wanted = wanted.where(Hazard.sector.in_(sorted(question.sectors)))
    rows: Any = session.execute(wanted)
    return [LateUnit(key, name, number, _day(due)) for key, name, number, due in rows]


def _standing(line: LateRegion) -> tuple[float, int, str]:
    return (-(line.figures.closed_rate.share or 0), line.figures.overdue, path_of(line.region.code))


def _departments(session: Session, codes: Iterable[str]) -> dict[tuple[str, Sector], str]:
    wanted = select(Organisation.region_code, Organisation.sector, Organisation.name)
    wanted = wanted.where(Organisation.kind == OrganisationKind.DEPARTMENT, Organisation.region_code.in_(codes))
    return {(code, sector): name for code, sector, name in session.execute(wanted) if sector is not None}


def _day(at: datetime) -> date:
    return at.astimezone(BEIJING_TIME).date()
