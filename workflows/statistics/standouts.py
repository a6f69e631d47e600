"""What stands out in the figures, for a leader who has two minutes; the page puts it into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflows.geography.divisions import Division
from workflows.organisations.sectors import Sector
from workflows.statistics.figures import Rate
from workflows.statistics.lateness import LateRegion, regions_by_standing
from workflows.statistics.pace import Pace
from workflows.statistics.reading import Reading

FEW = 5
"""Of fewer hazards no rate is called low."""
HALF = 0.5


@dataclass(frozen=True)
class WorstSector:
    """The sector that keeps its time limits worst."""

    sector: Sector
    rate: Rate


@dataclass(frozen=True)
class Standouts:
    """Regions that closed less than half of theirs, the worst first; the earliest time limit that ended without
    rectification; the sector that is worst in time; and the pace."""

    slow: Sequence[Division]
    late_since: date | None
    worst_sector: WorstSector | None
    pace: Pace


def standouts_of(reading: Reading, pace: Pace) -> Standouts:
    """What a leader should know of these figures first."""
    slow = [line.region for line in reversed(regions_by_standing(reading)) if _is_slow(line)]
    late = [day for day, it in reading.days.items() if it.unrectified and day < reading.today]
    return Standouts(slow, min(late, default=None), _worst_sector(reading), pace)


def _is_slow(line: LateRegion) -> bool:
    return line.figures.found >= FEW and (line.figures.closed_rate.share or 0) < HALF


def _worst_sector(reading: Reading) -> WorstSector | None:
    """The lowest on-time rate, when there are several sectors to compare and it is below that of all together."""
    rates = [WorstSector(sector, reading.of_sector(sector).on_time_rate) for sector in reading.sectors]
    known = [it for it in rates if it.rate.whole >= FEW and it.rate.share is not None]
    worst = min(known, key=lambda it: it.rate.share or 0, default=None)
    overall = reading.total.on_time_rate.share or 0
    return worst if worst and len(known) > 1 and (worst.rate.share or 0) < overall else None
