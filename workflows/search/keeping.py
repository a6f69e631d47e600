"""Keeps what a search reads in line with the hazards, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, event, inspect, select, update
from sqlalchemy.orm import Mapper, Session

from engine.storage.base import table_of
from engine.storage.bulk import Row, insert_rows
from workflows.geography.divisions import HENAN, divisions
from workflows.geography.regions import codes_of
from workflows.hazards.models import Hazard
from workflows.search.grams import fold, grams_of
from workflows.search.models import HazardSearch

FOUND_BY: Final = frozenset({"number", "title", "unit_name", "place", "region_path"})
_SEARCH: Final = table_of(HazardSearch)


def entries_of(hazards: Iterable[Hazard]) -> list[Row]:
    """The rows by which new hazards are found, for a bulk insert of HazardSearch."""
    return [{"hazard_id": hazard.id, **_found_by(hazard)} for hazard in hazards]


def enter_missing(session: Session, *, limit: int = 1000) -> int:
    """Make up the rows of hazards that were written past the registration; returns how many, 0 when none is missing."""
    absent = select(Hazard).outerjoin(HazardSearch, HazardSearch.hazard_id == Hazard.id)
    hazards: Sequence[Hazard] = session.scalars(absent.where(HazardSearch.hazard_id.is_(None)).limit(limit)).all()
    insert_rows(session, HazardSearch, entries_of(hazards))
    return len(hazards)


def _found_by(hazard: Hazard) -> dict[str, str]:
    place = f"{_names_of(hazard.region_path)} {hazard.place}"
    lines = [fold(part) for part in (hazard.number, hazard.title, hazard.unit_name, place)]
    grams = dict.fromkeys(gram for line in lines for gram in grams_of(line))
    return {"text": "\n".join(lines), "grams": " ".join(grams)}


def _names_of(region_path: str) -> str:
    """The names along a path in one word, without the province, which every hazard has in common."""
    return "".join(divisions()[code].name for code in codes_of(region_path) if code != HENAN)


@event.listens_for(Hazard, "after_update")
def _follow(_mapper: Mapper[Any], connection: Connection, hazard: Hazard) -> None:
    state = inspect(hazard)
    if any(state.attrs[name].history.has_changes() for name in FOUND_BY):
        connection.execute(update(_SEARCH).where(_SEARCH.c.hazard_id == hazard.id).values(_found_by(hazard)))
