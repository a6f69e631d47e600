"""Which hazards a round may draw."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select
from sqlalchemy.orm import Session

from workflows.calendar import BEIJING_TIME
from workflows.geography.regions import codes_of
from workflows.hazards.models import Hazard, Verification
from workflows.hazards.words import Stage
from workflows.spot_check.frame import Candidate
from workflows.spot_check.models import FrameRow, RoundStatus, SpotCheckRound

UNDER_WAY = (RoundStatus.COMMITTED, RoundStatus.DRAWN, RoundStatus.ASSIGNED)


def candidates_for(session: Session, it: SpotCheckRound, now: datetime) -> list[tuple[int, Candidate]]:
    """The hazards, each with its id, that the round may draw if its list is frozen now.

    Hazards on the list of another round under way are left out, so that nobody is visited twice.
    """
    return [(row.id, _candidate(row)) for row in session.execute(_eligible(it, now))]


def frame_of(session: Session, round_id: int) -> dict[Candidate, int]:
    """A round's frozen list, with the hazards' ids."""
    columns = (FrameRow.number, FrameRow.city, FrameRow.county, FrameRow.sector, FrameRow.severity, FrameRow.unit)
    rows = session.execute(select(FrameRow.hazard_id, *columns).where(FrameRow.round_id == round_id))
    return {Candidate(*fields): hazard_id for hazard_id, *fields in rows}


def city_of(region_path: str) -> str:
    """The code of the city that a region belongs to; the province's own for the province."""
    return codes_of(region_path)[:2][-1]


def _eligible(it: SpotCheckRound, now: datetime) -> Select[*tuple[Any, ...]]:
    columns = (Hazard.id, Hazard.number, Hazard.region_path, Hazard.sector, Hazard.severity)
    found = select(*columns, Hazard.unit_id, Hazard.unit_name).where(
        Hazard.campaign_id == it.campaign_id, _may_be_drawn(it), Hazard.id.not_in(_on_other_lists())
    )
    if it.exclusion_days:
        checked = _checked_since(now - timedelta(days=it.exclusion_days))
        units = checked.with_only_columns(Hazard.unit_id).where(Hazard.unit_id.is_not(None))
        found = found.where(
            Hazard.id.not_in(checked.with_only_columns(Hazard.id)),
            or_(Hazard.unit_id.is_(None), Hazard.unit_id.not_in(units)),
        )
    return found.order_by(Hazard.id)


def _may_be_drawn(it: SpotCheckRound) -> ColumnElement[bool]:
    waits = Hazard.stage == Stage.SPOT_CHECK
    if it.closed_since is None:
        return waits
    since = datetime.combine(it.closed_since, time(), BEIJING_TIME)
    return or_(waits, (Hazard.stage == Stage.CLOSED) & (Hazard.closed_at >= since))


def _on_other_lists() -> Select[int]:
    under_way = SpotCheckRound.status.in_(UNDER_WAY)
    return select(FrameRow.hazard_id).join(SpotCheckRound, SpotCheckRound.id == FrameRow.round_id).where(under_way)


def _checked_since(moment: datetime) -> Select[int]:
    verified = select(Hazard.id).join(Verification, Verification.hazard_id == Hazard.id)
    return verified.where(Verification.stage == Stage.SPOT_CHECK, Verification.at >= moment)


def _candidate(row: Row[*tuple[Any, ...]]) -> Candidate:
    codes = codes_of(row.region_path)
    unit = str(row.unit_id) if row.unit_id else sha256(row.unit_name.encode()).hexdigest()[:16]
    return Candidate(row.number, city_of(row.region_path), codes[:3][-1], row.sector.value, row.severity.value, unit)
