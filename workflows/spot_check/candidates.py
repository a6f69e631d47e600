"""Which hazards a round may draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select
from sqlalchemy.orm import Session

from workflows.calendar import BEIJING_TIME
from workflows.geography.paths import inside
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
    columns = (Hazard.id, Hazard.number, Hazard.region_path, Hazard.sector, Hazard.severity)
    found = eligible(it, now).with_only_columns(*columns, Hazard.unit_id, Hazard.unit_name).order_by(Hazard.id)
    rows = session.execute(found).all()
    return [(row.id, _candidate(row, unit)) for row, unit in zip(rows, _unit_codes(rows), strict=True)]


def frame_of(session: Session, round_id: int) -> dict[Candidate, int]:
    """A round's frozen list, with the hazards' ids."""
    columns = (FrameRow.number, FrameRow.city, FrameRow.county, FrameRow.sector, FrameRow.severity, FrameRow.unit)
    rows = session.execute(select(FrameRow.hazard_id, *columns).where(FrameRow.round_id == round_id))
    return {Candidate(*fields): hazard_id for hazard_id, *fields in rows}


def city_of(region_path: str) -> str:
    """The code of the city that a region belongs to; the province's own for the province."""
    return codes_of(region_path)[:2][-1]


def area_of(region_path: str, round_path: str) -> str:
    """The region directly below the round's that a place belongs to: in the province's round a city, in a city's a
    county. The round's own region for what lies in none below it."""
    return codes_of(region_path)[: len(codes_of(round_path)) + 1][-1]


def eligible(it: SpotCheckRound, now: datetime) -> Select[*tuple[Any, ...]]:
    """The ids of the hazards that the round may draw if its list is frozen now."""
    found = select(Hazard.id).where(
        Hazard.campaign_id == it.campaign_id,
        inside(Hazard.region_path, it.region_path),
        _may_be_drawn(it),
        Hazard.id.not_in(_on_other_lists()),
    )
    if it.exclusion_days:
        checked = _checked_since(now - timedelta(days=it.exclusion_days))
        units = checked.with_only_columns(Hazard.unit_id).where(Hazard.unit_id.is_not(None))
        found = found.where(
            Hazard.id.not_in(checked.with_only_columns(Hazard.id)),
            or_(Hazard.unit_id.is_(None), Hazard.unit_id.not_in(units)),
        )
    return found


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


def _unit_codes(rows: Sequence[Row[*tuple[Any, ...]]]) -> Iterable[str]:
    """A code for each row's unit: `u1` for the first unit of this list, `u2` for the next that is another, and so on.

    The list is published. A number of the database, or a hash of the name, could be led back to the unit or followed
    from round to round.
    """
    met: dict[int | str, int] = {}
    return [f"u{met.setdefault(row.unit_id or row.unit_name, len(met) + 1)}" for row in rows]


def _candidate(row: Row[*tuple[Any, ...]], unit: str) -> Candidate:
    codes = codes_of(row.region_path)
    return Candidate(row.number, city_of(row.region_path), codes[:3][-1], row.sector.value, row.severity.value, unit)
