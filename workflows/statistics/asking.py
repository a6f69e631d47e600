"""What a person asks the statistics: a campaign, a region with all below it, and some or all of its sectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, and_, true

from workflows.geography.divisions import Division, RegionLevel, divisions, path_of
from workflows.organisations.sectors import Sector
from workflows.statistics.models import Counted


@dataclass(frozen=True)
class Question:
    """Sectors that are None are all of them."""

    campaign_id: int
    region: Division
    sectors: frozenset[Sector] | None

    @property
    def path(self) -> str:
        return path_of(self.region.code)

    @property
    def below(self) -> Mapping[str, Division]:
        """The regions directly below, by path, in administrative-code order."""
        return _below(self.region.code)

    @property
    def has_counties(self) -> bool:
        """Whether counties, or cities with counties, lie below; 济源 is a city without."""
        return any(it.level is not RegionLevel.TOWNSHIP for it in self.below.values())

    def place_of(self, path: str) -> str:
        """The region directly below that holds a path inside the region; the region itself where there is none."""
        return next((below for below in self.below if path.startswith(below)), self.path)

    def holds(self, table: type[Counted]) -> ColumnElement[bool]:
        """Whether a row of the rollup is of this campaign and these sectors."""
        sector: Any = table.sector
        chosen = true() if self.sectors is None else sector.in_(sorted(self.sectors))
        return and_(table.campaign_id == self.campaign_id, chosen)


@cache
def _below(code: str) -> Mapping[str, Division]:
    return MappingProxyType({path_of(it.code): it for it in divisions().values() if it.parent_code == code})
