"""The criteria that `criteria.csv` lists, by sector and by day: a hazard is judged by those in force when it was found.

Source: the field notes, section 2.5, which had only tables of contents and excerpts; `certainty` and `source` of each
row say what is known. A new list is a new row; one that is replaced gets the last day on which it was in force.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from workflows.labels import LabelledEnum
from workflows.organisations.sectors import Sector

FILE: Final = Path(__file__).with_name("criteria.csv")
BRACKETS: Final = str.maketrans("〔〕[]【】（）()﹝﹞", "〔〕〔〕〔〕〔〕〔〕〔〕")
SPACES: Final = re.compile(r"\s+")


class Certainty(LabelledEnum):
    """How sure it is that a list was in force then."""

    READ = "read", "读过全文"
    EXCERPT = "excerpt", "见于摘录"
    UNCONFIRMED = "unconfirmed", "未核实"


@dataclass(frozen=True)
class Criteria:
    """One published list: its document number, and the first and the last day on which it was in force."""

    number: str
    title: str
    sectors: frozenset[Sector]
    in_force_from: date
    in_force_until: date | None
    certainty: Certainty
    source: str

    def is_in_force(self, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)


def criteria_in_force(sector: Sector, on: date) -> tuple[Criteria, ...]:
    """The lists by which a hazard of a sector is judged that was found on a day. Some sectors have none.

    A list only suggests; a person decides, and writes the clause down with the hazard.
    """
    return tuple(it for it in all_criteria() if sector in it.sectors and it.is_in_force(on))


def named_out_of_force(criterion: str, on: date) -> tuple[Criteria, ...]:
    """The lists that a clause names by their document number although they were not in force on a day.

    A clause that names no list of ours is none of our business: it may be of a local or an industry's own standard.
    """
    clause = _spelled(criterion)
    return tuple(it for it in all_criteria() if _spelled(it.number) in clause and not it.is_in_force(on))


@cache
def all_criteria() -> tuple[Criteria, ...]:
    """Every list of the file, in its order."""
    with FILE.open(encoding="utf-8", newline="") as opened:
        return tuple(_read(csv.DictReader(opened)))


def _read(rows: csv.DictReader[str]) -> Iterator[Criteria]:
    for row in rows:
        yield Criteria(
            number=row["number"],
            title=row["title"],
            sectors=frozenset(Sector(code) for code in row["sectors"].split()),
            in_force_from=date.fromisoformat(row["in_force_from"]),
            in_force_until=date.fromisoformat(row["in_force_until"]) if row["in_force_until"] else None,
            certainty=Certainty(row["certainty"]),
            source=row["source"],
        )


def _spelled(text: str) -> str:
    """Texts in one spelling: brackets of documents' years come in many forms, and spaces anywhere."""
    return SPACES.sub("", text).translate(BRACKETS).upper()
