"""What one hazard adds to the figures: a pure function of its row, which knows neither the clock nor the past.

Therefore the figures can be counted anew from the rows at any time, and must come out equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from workflows.calendar import BEIJING_TIME, ONE_DAY
from workflows.geography.paths import EVERYWHERE
from workflows.hazards.models import Hazard
from workflows.hazards.words import Origin, Severity, Stage, Verdict
from workflows.organisations.sectors import Sector
from workflows.statistics.measures import Measure

Sums = dict["Cell", dict[Measure, int]]


class Cell(NamedTuple):
    """One campaign, region, sector, severity and day (of Beijing)."""

    campaign_id: int
    region_path: str
    sector: Sector
    severity: Severity
    day: date


class Known(NamedTuple):
    """What the figures know of a hazard; the names are the row's attributes."""

    campaign_id: int
    region_path: str
    sector: Sector
    severity: Severity
    stage: Stage
    origin: Origin
    verdict: Verdict | None
    returns: int
    listed: bool
    exposed: bool
    created_at: datetime
    due_at: datetime | None
    rectified_at: datetime | None
    closed_at: datetime | None


COLUMNS: Final = tuple(getattr(Hazard, name) for name in Known._fields)
"""The columns to select; a row of them makes a `Known`."""

HERE_NOW: Final = {
    Stage.SELF_CHECK: Measure.SELF_CHECK,
    Stage.SPECIAL_INSPECTION: Measure.SPECIAL_INSPECTION,
    Stage.SPOT_CHECK: Measure.SPOT_CHECK,
    Stage.CLOSURE: Measure.CLOSURE,
}


def counts_of(it: Known) -> Iterator[tuple[Cell, Measure, int]]:
    """Everything that a hazard adds, each in its cell; a voided one adds nothing, because it is off the ledger."""
    if it.stage is Stage.VOIDED:
        return
    yield from _of_registration(it, _cell(it, it.created_at))
    if it.due_at is not None:
        yield from _of_time_limit(it, it.due_at)
    if it.rectified_at is not None:
        yield _cell(it, it.rectified_at), Measure.RECTIFIED, 1
    if it.closed_at is not None:
        yield _cell(it, it.closed_at), Measure.CLOSED, 1


def add(sums: Sums, counts: Iterable[tuple[Cell, Measure, int]], sign: int = 1) -> None:
    """Add counts up by cell, or take them away again."""
    for cell, measure, number in counts:
        here = sums.setdefault(cell, {})
        here[measure] = here.get(measure, 0) + sign * number


def without_zeros(sums: Sums) -> Sums:
    """The sums with nothing in them that is zero."""
    kept = {cell: {measure: number for measure, number in here.items() if number} for cell, here in sums.items()}
    return {cell: here for cell, here in kept.items() if here}


def with_regions_above(region_path: str) -> Iterator[str]:
    """The path itself and those of the regions that hold it, the province last."""
    while region_path != EVERYWHERE:
        yield region_path
        region_path = region_path[: region_path.rindex("/", 0, -1) + 1]


def _of_registration(it: Known, cell: Cell) -> Iterator[tuple[Cell, Measure, int]]:
    yield cell, Measure.FOUND, 1
    if it.stage in HERE_NOW:
        yield cell, HERE_NOW[it.stage], 1
    if it.returns:
        yield cell, Measure.RETURNED, 1
        yield cell, Measure.RETURNS, it.returns
    for measure, holds in (
        (Measure.CARRIED_OVER, it.origin is Origin.CARRIED_OVER),
        (Measure.RELAPSED, it.origin is Origin.RELAPSED),
        (Measure.LISTED, it.listed),
        (Measure.EXPOSED, it.exposed),
        (Measure.FALSE_RECTIFICATION, it.verdict is Verdict.FALSE_RECTIFICATION),
    ):
        if holds:
            yield cell, measure, 1


def _of_time_limit(it: Known, due_at: datetime) -> Iterator[tuple[Cell, Measure, int]]:
    """Whoever is not done when the day of the limit ends is late from the next day on, until the day it is done."""
    cell = _cell(it, due_at)
    yield cell, Measure.DUE, 1
    done_at = it.rectified_at or it.closed_at
    if done_at is None:
        yield cell, Measure.UNRECTIFIED, 1
    elif done_at <= due_at:
        yield cell, Measure.IN_TIME, 1
    else:
        yield cell._replace(day=max(_day(done_at), cell.day + ONE_DAY)), Measure.LATE, 1


def _cell(it: Known, at: datetime) -> Cell:
    return Cell(it.campaign_id, it.region_path, it.sector, it.severity, _day(at))


def _day(at: datetime) -> date:
    return at.astimezone(BEIJING_TIME).date()


def row_of(cell: Cell, here: dict[Measure, int]) -> dict[str, Any]:
    """A row of the rollup, with all its columns."""
    return {**cell._asdict(), **{measure.value: here.get(measure, 0) for measure in Measure}}
