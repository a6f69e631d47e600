"""Who has reported: a region with hazards, one that says it has none, and one that says nothing are three things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.geography.divisions import Division
from workflows.labels import LabelledEnum
from workflows.organisations.models import Organisation, OrganisationKind
from workflows.permissions import GOVERNMENT
from workflows.statistics.asking import Question
from workflows.statistics.models import ZeroReport
from workflows.statistics.periods import Period
from workflows.statistics.registered import registered_below


class ReportState(LabelledEnum):
    """What an organisation has said of a period."""

    FOUND = "found", "查出隐患"
    ZERO = "zero", "零报告"
    SILENT = "silent", "未报告"


@dataclass(frozen=True)
class Reported:
    """A region below the one asked for: what was found in it, and whether its committee or township has reported zero,
    and how often it has done so in the campaign."""

    region: Division
    state: ReportState
    found: int
    zero_reports: int


def reports_below(session: Session, question: Question, period: Period) -> Sequence[Reported]:
    """What each region below that has a committee or township office said of a period, by administrative code."""
    bodies = _bodies(session, question)
    found = registered_below(session, question, period)
    declared = _zero_reports(session, question)
    told: list[Reported] = []
    for path, region in question.below.items():
        if path in bodies:
            days = declared.get(path, ())
            told.append(Reported(region, _state(found.get(path, 0), period, days), found.get(path, 0), len(days)))
    return told


def _state(found: int, period: Period, declared: Sequence[date]) -> ReportState:
    if found:
        return ReportState.FOUND
    return (
        ReportState.ZERO if any(period.first_day <= day <= period.last_day for day in declared) else ReportState.SILENT
    )


def _bodies(session: Session, question: Question) -> set[str]:
    wanted = select(Organisation.region_path).where(
        Organisation.region_path.in_(list(question.below)), Organisation.kind.in_(sorted(GOVERNMENT))
    )
    return set(session.scalars(wanted))


def _zero_reports(session: Session, question: Question) -> Mapping[str, list[date]]:
    """The first days of the zero reports that the regions below have made, for all sectors or those asked for."""
    speaking = GOVERNMENT if question.sectors is None else GOVERNMENT | {OrganisationKind.DEPARTMENT}
    wanted = (
        select(ZeroReport.region_path, ZeroReport.first_day)
        .join(Organisation, Organisation.id == ZeroReport.organisation_id)
        .where(
            ZeroReport.campaign_id == question.campaign_id,
            ZeroReport.region_path.in_(list(question.below)),
            Organisation.kind.in_(sorted(speaking)),
        )
    )
    if question.sectors is not None:
        wanted = wanted.where(ZeroReport.sector.is_(None) | ZeroReport.sector.in_(sorted(question.sectors)))
    told: dict[str, list[date]] = {}
    rows: Any = session.execute(wanted)
    for path, day in rows:
        told.setdefault(path, []).append(day)
    return told
