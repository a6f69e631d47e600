"""Counts the figures anew from the hazards' rows: to compare them with the rollup, or to put it in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.campaigns.models import Campaign
from workflows.geography.divisions import HENAN, RegionLevel, divisions, path_of
from workflows.geography.paths import inside
from workflows.hazards.models import Hazard
from workflows.statistics.cells import (
    COLUMNS,
    Cell,
    Known,
    Sums,
    add,
    counts_of,
    with_regions_above,
    without_zeros,
)
from workflows.statistics.measures import Measure
from workflows.statistics.models import Statistic, StatisticChange, column_of
from workflows.statistics.rollup import clear_rollup, write_rollup
from workflows.statistics.snapshot import hold_still

AT_A_TIME = 10_000


@dataclass(frozen=True)
class Difference:
    """A figure that is not what the rows give."""

    cell: Cell
    measure: Measure
    counted: int
    rolled_up: int

    def __str__(self) -> str:
        it = self.cell
        where = f"campaign {it.campaign_id} {it.region_path} {it.sector.value} {it.severity.value} {it.day}"
        return f"{where} {self.measure.value}: {self.rolled_up}, the rows give {self.counted}"


def rebuild(uow: UnitOfWork) -> int:
    """Put the rollup in place anew and return how many rows it has. Nobody can change a hazard meanwhile."""
    clear_rollup(uow.session)
    rows = 0
    for _, counted in _recounts(uow.session):
        write_rollup(uow.session, counted)
        rows += len(counted)
    return rows


def differences(uow: UnitOfWork, campaign_id: int | None = None) -> Iterator[Difference]:
    """Every figure that is not equal to its recount, campaign by campaign and city by city. Writes nothing."""
    hold_still(uow.session)
    for here, counted in _recounts(uow.session, campaign_id):
        rolled_up = _rolled_up(uow.session, here)
        for cell in sorted(counted.keys() | rolled_up.keys()):
            a, b = counted.get(cell, {}), rolled_up.get(cell, {})
            for measure in Measure:
                if a.get(measure, 0) != b.get(measure, 0):
                    yield Difference(cell, measure, a.get(measure, 0), b.get(measure, 0))


@dataclass(frozen=True)
class Part:
    """What is counted at a time: a city of a campaign with all below it; without a path, what no city holds."""

    campaign_id: int
    region_path: str | None


def _recounts(session: Session, campaign_id: int | None = None) -> Iterator[tuple[Part, Sums]]:
    campaigns = [campaign_id] if campaign_id else session.scalars(select(Campaign.id).order_by(Campaign.id)).all()
    for campaign in campaigns:
        province: Sums = {}
        for city in _cities():
            counted, above = _split(_counted(session, Part(campaign, city)), city)
            _merge(province, above)
            yield Part(campaign, city), counted
        _merge(province, _counted(session, Part(campaign, None)))
        yield Part(campaign, None), without_zeros(province)


def _counted(session: Session, part: Part) -> Sums:
    wanted = select(*COLUMNS).where(Hazard.campaign_id == part.campaign_id).execution_options(yield_per=AT_A_TIME)
    place = inside(Hazard.region_path, part.region_path) if part.region_path else Hazard.region_path == path_of(HENAN)
    sums: Sums = {}
    for row in session.execute(wanted.where(place)):
        for cell, measure, number in counts_of(Known(*row)):
            places = with_regions_above(cell.region_path)
            add(sums, ((cell._replace(region_path=path), measure, number) for path in places))
    return without_zeros(sums)


def _split(sums: Sums, city: str) -> tuple[Sums, Sums]:
    """What belongs to the city and below, and what its hazards add to the regions above."""
    own = {cell: here for cell, here in sums.items() if cell.region_path.startswith(city)}
    return own, {cell: here for cell, here in sums.items() if cell not in own}


def _merge(sums: Sums, more: Sums) -> None:
    add(sums, ((cell, measure, number) for cell, here in more.items() for measure, number in here.items()))


def _rolled_up(session: Session, part: Part) -> Sums:
    """What the rollup and the changes beside it say of a part."""
    sums: Sums = {}
    cells = (Statistic.campaign_id, Statistic.region_path, Statistic.sector, Statistic.severity, Statistic.day)
    wanted = select(*cells, *(column_of(Statistic, each) for each in Measure))
    wanted = wanted.where(Statistic.campaign_id == part.campaign_id)
    path = Statistic.region_path
    place = inside(path, part.region_path) if part.region_path else path == path_of(HENAN)
    for row in session.execute(wanted.where(place)):
        add(sums, ((Cell(*row[:5]), measure, number) for measure, number in zip(Measure, row[5:], strict=True)))
    for cell, measure, number in _pending(session, part):
        add(sums, [(cell, measure, number)])
    return without_zeros(sums)


def _pending(session: Session, part: Part) -> Iterator[tuple[Cell, Measure, int]]:
    it = StatisticChange
    cells = (it.campaign_id, it.region_path, it.sector, it.severity, it.day)
    wanted = select(*cells, *(func.sum(column_of(it, each)) for each in Measure)).group_by(*cells)
    wanted = wanted.where(it.campaign_id == part.campaign_id)
    if part.region_path:
        wanted = wanted.where(inside(it.region_path, part.region_path))
    rows: Any = session.execute(wanted)
    for row in rows:
        for path in with_regions_above(row[1]):
            if path.startswith(part.region_path) if part.region_path else path == path_of(HENAN):
                yield from (
                    (Cell(row[0], path, *row[2:5]), measure, int(number))
                    for measure, number in zip(Measure, row[5:], strict=True)
                )


def _cities() -> list[str]:
    return [path_of(each.code) for each in divisions().values() if each.level is RegionLevel.CITY]
