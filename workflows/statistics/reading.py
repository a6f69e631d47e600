"""Reads the figures: the rollup's sums with the changes that are not in it yet, so that a page is never behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from workflows.calendar import ONE_DAY
from workflows.geography.paths import inside
from workflows.hazards.words import Severity
from workflows.organisations.sectors import Sector
from workflows.statistics.asking import Question
from workflows.statistics.figures import NAMES, NOTHING, DayFigures, Figures
from workflows.statistics.models import Counted, Statistic, StatisticChange

ONE_WEEK = timedelta(days=7)

Place = tuple[str, Sector]
"""A region's path and a sector."""


@dataclass(frozen=True)
class Reading:
    """The answer to a question: figures of the region and of each below it, by sector, and of the region's days."""

    question: Question
    today: date
    by_place: Mapping[Place, Figures] = field(repr=False)
    days: Mapping[date, DayFigures] = field(repr=False)

    @property
    def total(self) -> Figures:
        return self.of_region(self.question.path)

    @property
    def sectors(self) -> tuple[Sector, ...]:
        """The sectors that have anything to show, or that were asked for, in their order."""
        asked = self.question.sectors
        present = {sector for (path, sector) in self.by_place if path == self.question.path}
        return tuple(sector for sector in Sector if sector in present or (asked and sector in asked))

    def of(self, path: str, sector: Sector) -> Figures:
        """The figures of a region and a sector."""
        return self.by_place.get((path, sector), NOTHING)

    def of_region(self, path: str) -> Figures:
        """The figures of a region in all the sectors asked for."""
        return self._regions.get(path, NOTHING)

    def of_sector(self, sector: Sector) -> Figures:
        """The figures of a sector in the whole region."""
        return self.of(self.question.path, sector)

    @cached_property
    def _regions(self) -> Mapping[str, Figures]:
        sums: dict[str, Figures] = {}
        for (path, _), figures in self.by_place.items():
            sums[path] = sums.get(path, NOTHING) + figures
        return sums

    def overdue_between(self, most: int | None, least: int) -> int:
        """The hazards that have been late for so many days, both ends counted; `most` is None for as long as any."""
        first = self.today - most * ONE_DAY if most is not None else date.min
        last = self.today - least * ONE_DAY
        return sum(it.unrectified for day, it in self.days.items() if first <= day <= last)


def read_figures(session: Session, question: Question, today: date) -> Reading:
    """Answer a question as of today, a day of Beijing. Reads a few thousand rows, whatever the number of hazards."""
    by_place: dict[Place, Figures] = {}
    folded: Any = session.execute(_of_places(question, today))
    for path, sector, *sums in folded:
        by_place[path, sector] = _figures(sums)
    changed: Any = session.execute(_not_yet_of_places(question, today))
    for path, sector, *sums in changed:
        for here in {question.place_of(path), question.path}:
            by_place[here, sector] = by_place.get((here, sector), NOTHING) + _figures(sums)
    days: dict[date, DayFigures] = {}
    for statement in _of_days(question):
        rows: Any = session.execute(statement)
        for day, *sums in rows:
            days[day] = days.get(day, DayFigures()) + DayFigures(*(int(number) for number in sums))
    return Reading(question, today, by_place, days)


def _figures(sums: list[Any]) -> Figures:
    return Figures(**{name: int(number or 0) for name, number in zip(NAMES, sums, strict=True)})


def _of_places(question: Question, today: date) -> Any:
    paths = [question.path, *question.below]
    wanted = select(Statistic.region_path, Statistic.sector, *_sums(Statistic, today))
    wanted = wanted.where(question.holds(Statistic), Statistic.region_path.in_(paths))
    return wanted.group_by(Statistic.region_path, Statistic.sector)


def _not_yet_of_places(question: Question, today: date) -> Any:
    path = StatisticChange.region_path
    wanted = select(path, StatisticChange.sector, *_sums(StatisticChange, today))
    wanted = wanted.where(question.holds(StatisticChange), inside(path, question.path))
    return wanted.group_by(path, StatisticChange.sector)


def _of_days(question: Question) -> tuple[Any, Any]:
    def sums(table: type[Counted]) -> list[Any]:
        return [func.sum(column) for column in (table.found, table.rectified, table.closed, table.unrectified)]

    folded = select(Statistic.day, *sums(Statistic)).where(Statistic.region_path == question.path)
    changed = select(StatisticChange.day, *sums(StatisticChange))
    changed = changed.where(inside(StatisticChange.region_path, question.path))
    return (
        folded.where(question.holds(Statistic)).group_by(Statistic.day),
        changed.where(question.holds(StatisticChange)).group_by(StatisticChange.day),
    )


def _sums(it: type[Counted], today: date) -> list[ColumnElement[Any]]:
    """A sum for each of the figures, in their order."""
    before = today - ONE_WEEK
    major, passed = it.severity == Severity.MAJOR, it.day < today
    until_then, passed_then = it.day <= before, it.day < before

    def total(column: Any, *holds: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.sum(column).filter(*holds) if holds else func.sum(column)

    def late_then() -> ColumnElement[Any]:
        missed = func.coalesce(total(it.due - it.in_time, passed_then), 0)
        return missed - func.coalesce(total(it.late, until_then), 0)

    conditional = {
        "due": total(it.due, passed),
        "in_time": total(it.in_time, passed),
        "overdue": total(it.unrectified, passed),
        "major_found": total(it.found, major),
        "major_rectified": total(it.rectified, major),
        "major_closed": total(it.closed, major),
        "found_before": total(it.found, until_then),
        "rectified_before": total(it.rectified, until_then),
        "closed_before": total(it.closed, until_then),
        "due_before": total(it.due, passed_then),
        "in_time_before": total(it.in_time, passed_then),
        "overdue_before": late_then(),
    }
    return [conditional[name] if name in conditional else total(getattr(it, name)) for name in NAMES]
