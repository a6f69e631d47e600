"""A round's strata: how many may be drawn of each and how many will be, before the list is frozen and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity
from workflows.organisations.sectors import Sector
from workflows.spot_check.allocation import Stratum, allocate
from workflows.spot_check.candidates import city_of, eligible
from workflows.spot_check.models import FrameRow, RoundStatus, SampledHazard, SpotCheckRound
from workflows.spot_check.parameters import DrawParameters

Name = tuple[str, Sector, Severity]


@dataclass(frozen=True)
class StratumCount:
    """One stratum: its city's code, sector and severity, how many candidates it has, and how many are drawn."""

    city: str
    sector: Sector
    severity: Severity
    candidates: int
    drawn: int

    @property
    def is_certain(self) -> bool:
        """Whether every candidate is drawn (全查层)."""
        return self.drawn == self.candidates


@dataclass(frozen=True)
class Strata:
    """All strata of a round. `wanted` is the size that the parameters ask for, which minimums may exceed.

    `may_grow` holds while a coverage is asked for and nothing is drawn: what it takes depends on the lot, so the
    numbers are the least.
    """

    rows: Sequence[StratumCount]
    wanted: int
    may_grow: bool = False

    @property
    def candidates(self) -> int:
        return sum(row.candidates for row in self.rows)

    @property
    def drawn(self) -> int:
        return sum(row.drawn for row in self.rows)

    @property
    def certain(self) -> int:
        """How many strata are drawn whole."""
        return sum(row.is_certain for row in self.rows)


def strata_of(session: Session, it: SpotCheckRound, now: datetime) -> Strata:
    """The strata as they stand: what would be drawn while the round is planned or committed, then what was drawn."""
    parameters = DrawParameters.from_dict(it.parameters)
    counts = _counted_now(session, it, now) if it.status is RoundStatus.PLANNED else _frozen(session, it)
    if it.status in (RoundStatus.PLANNED, RoundStatus.COMMITTED):
        return _as_allotted(counts, parameters)
    return _strata(counts, _drawn(session, it), parameters)


def _as_allotted(counts: Counter[Name], parameters: DrawParameters) -> Strata:
    by_text = {_text(name): name for name in counts}
    allotted = allocate(
        {
            text: Stratum(counts[name], parameters.weights[name[2].value], parameters.minimum_per_stratum)
            for text, name in by_text.items()
        },
        parameters.wanted(counts.total()),
    )
    drawn = Counter({by_text[text]: number for text, number in allotted.items()})
    return _strata(counts, drawn, parameters, may_grow=parameters.coverage.is_asked)


def _strata(
    counts: Counter[Name], drawn: Counter[Name], parameters: DrawParameters, *, may_grow: bool = False
) -> Strata:
    rows = [StratumCount(*name, counts[name], drawn[name]) for name in sorted(counts, key=_text)]
    return Strata(rows, parameters.wanted(counts.total()), may_grow)


def _counted_now(session: Session, it: SpotCheckRound, now: datetime) -> Counter[Name]:
    kinds = (Hazard.region_path, Hazard.sector, Hazard.severity)
    counted = eligible(it, now).with_only_columns(*kinds, func.count()).group_by(*kinds)
    return _folded(
        (city_of(path), sector, severity, number) for path, sector, severity, number in session.execute(counted)
    )


def _frozen(session: Session, it: SpotCheckRound) -> Counter[Name]:
    kinds = (FrameRow.city, FrameRow.sector, FrameRow.severity)
    counted = select(*kinds, func.count()).where(FrameRow.round_id == it.id).group_by(*kinds)
    return _folded((city, sector, severity, number) for city, sector, severity, number in session.execute(counted))


def _drawn(session: Session, it: SpotCheckRound) -> Counter[Name]:
    counted = select(SampledHazard.stratum, func.count()).where(SampledHazard.round_id == it.id)
    rows = session.execute(counted.group_by(SampledHazard.stratum))
    parts = ((stratum.split("/"), number) for stratum, number in rows)
    return _folded((city, sector, severity, number) for (city, sector, severity), number in parts)


def _folded(rows: Iterable[tuple[str, str, str, int]]) -> Counter[Name]:
    counts: Counter[Name] = Counter()
    for city, sector, severity, number in rows:
        counts[city, Sector(sector), Severity(severity)] += number
    return counts


def _text(name: Name) -> str:
    city, sector, severity = name
    return f"{city}/{sector.value}/{severity.value}"
