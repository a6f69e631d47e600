"""The divisions as the data files beside this module give them, read once."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workflows.labels import LabelledEnum

FOLDER = Path(__file__).parent
HENAN = "41"


class RegionLevel(LabelledEnum):
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


@dataclass(frozen=True)
class Division:
    """One row of the data. A function zone (开发区) is no legal unit, yet campaigns treat it as a county."""

    code: str
    name: str
    level: RegionLevel
    parent_code: str | None
    is_function_zone: bool


@dataclass(frozen=True)
class FormerDivision:
    """A name (and its code, if it had its own) that older ledgers still use, and the division it belongs to now."""

    name: str
    code: str | None
    successor: str


@cache
def divisions() -> Mapping[str, Division]:
    """All divisions by code, in administrative-code order; a superior stands before what it holds."""
    with (FOLDER / "henan.csv").open(encoding="utf-8", newline="") as opened:
        rows = [_division(row) for row in csv.DictReader(opened)]
    return MappingProxyType({division.code: division for division in sorted(rows, key=lambda it: it.code)})


@cache
def former_divisions() -> tuple[FormerDivision, ...]:
    """The names that older ledgers use."""
    with (FOLDER / "former.csv").open(encoding="utf-8", newline="") as opened:
        return tuple(
            FormerDivision(row["name"], row["code"] or None, row["successor"]) for row in csv.DictReader(opened)
        )


@cache
def path_of(code: str) -> str:
    """The codes from the province down, e.g. `/41/4101/410102/`; the one place that spells a region path.

    Raises KeyError for a code that the data lack.
    """
    parent = divisions()[code].parent_code
    return f"{path_of(parent)}{code}/" if parent else f"/{code}/"


def _division(row: dict[str, str]) -> Division:
    return Division(
        row["code"], row["name"], RegionLevel(row["level"]), row["parent_code"] or None, row["is_function_zone"] == "1"
    )
