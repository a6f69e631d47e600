"""Everything that the dashboard shows, in one reading; the template asks it for the rows behind each number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from flask import url_for

from engine.runtime import UnitOfWork
from web.pages.statistics.asked import Asked
from web.pages.statistics.links import Rows
from web.wiring import settings
from web.words import in_words
from workflows.campaigns.models import Campaign
from workflows.geography.divisions import Division, RegionLevel, path_of
from workflows.hazards.words import Stage
from workflows.ledger.selection import Selection
from workflows.organisations.sectors import Sector
from workflows.statistics.asking import Question
from workflows.statistics.figures import Figures, Rate, RateKind
from workflows.statistics.lateness import (
    LateDepartment,
    LateRegion,
    LateUnit,
    late_departments,
    late_units,
    regions_by_standing,
)
from workflows.statistics.pace import Remaining, burn_down, pace_of
from workflows.statistics.periods import Period, PeriodKind, period_of
from workflows.statistics.reading import Reading, read_figures
from workflows.statistics.reporting import Reported, reports_below
from workflows.statistics.scope import regions_in_reach, sectors_in_reach
from workflows.statistics.standouts import Standouts, standouts_of

AGES: Final = ((3, 1), (7, 4), (15, 8), (None, 16))
"""The bands of lateness in days: the most (None: no end), and the least."""

HEAT: Final = (0.25, 0.5, 0.75, 0.9)
"""Where a rate's colour becomes deeper."""

STEPS: Final = (Stage.SELF_CHECK, Stage.SPECIAL_INSPECTION, Stage.SPOT_CHECK, Stage.CLOSURE, Stage.CLOSED)


@dataclass(frozen=True)
class Age:
    """The hazards that have been late for so many days."""

    least: int
    most: int | None
    overdue: int
    href: str


@dataclass(frozen=True)
class Step:
    """The hazards at a stage, and those that have come at least as far (the funnel)."""

    stage: Stage
    here: int
    reached: int
    href: str


@dataclass(frozen=True)
class Board:
    """The dashboard of one question."""

    reading: Reading
    campaign: Campaign
    campaigns: Sequence[Campaign]
    regions: Sequence[Division]
    sectors: Sequence[Sector]
    shown: RateKind
    standouts: Standouts
    burn_down: Sequence[Remaining]
    departments: Sequence[LateDepartment]
    units: Sequence[LateUnit]
    reports: Sequence[Reported]
    week: Period

    @property
    def question(self) -> Question:
        return self.reading.question

    @property
    def sector(self) -> Sector | None:
        """The one sector that is looked at, by choice or because it is the person's own."""
        asked = self.question.sectors
        return next(iter(asked)) if asked and len(asked) == 1 else None

    @cached_property
    def total(self) -> Figures:
        return self.reading.total

    @property
    def rows(self) -> Rows:
        """The ledger's rows of this question."""
        sectors = tuple(sector for sector in Sector if sector in (self.question.sectors or ()))
        place = Selection(campaign=self.campaign.code, region=self.question.region.code, sector=sectors)
        return Rows(place, self.reading.today)

    @cached_property
    def standing(self) -> Sequence[LateRegion]:
        """The regions below, the furthest first."""
        return regions_by_standing(self.reading)

    @property
    def below(self) -> Sequence[Division]:
        """The regions below that have hazards, in administrative-code order."""
        return [it for path, it in self.question.below.items() if self.reading.of_region(path).found]

    @property
    def has_map(self) -> bool:
        return self.question.region.level is RegionLevel.PROVINCE

    @property
    def ages(self) -> Sequence[Age]:
        return [
            Age(least, most, self.reading.overdue_between(most, least), self.rows.overdue(most, least))
            for most, least in AGES
        ]

    @property
    def steps(self) -> Sequence[Step]:
        here = [self.total.closed if it is Stage.CLOSED else getattr(self.total, it.value) for it in STEPS]
        return [Step(it, here[at], sum(here[at:]), self.rows.in_stage(it)) for at, it in enumerate(STEPS)]

    def rate(self, figures: Figures) -> Rate:
        """The rate that is being compared."""
        return self.shown.of(figures)

    def heat(self, figures: Figures) -> str:
        """The class of a cell by its rate; none where there is nothing to compare."""
        share = self.rate(figures).share
        return f"heat-{sum(share >= step for step in HEAT)}" if share is not None else "heat-none"

    def rows_of_rate(self, rows: Rows) -> tuple[str, str]:
        """The addresses of the rows of a rate's part and of its whole."""
        match self.shown:
            case RateKind.CLOSED:
                return rows.closed(), rows.found()
            case RateKind.RECTIFIED:
                return rows.rectified(), rows.found()
            case RateKind.ON_TIME:
                return rows.in_time(), rows.due()

    @property
    def sector_choices(self) -> Sequence[tuple[Sector, str]]:
        """The sectors to choose from, with their words."""
        return [(sector, in_words(sector)) for sector in self.sectors]

    def first_of(self, day: date) -> date | None:
        """From which day on the rows of a day of the burn-down were registered: its first line holds all before it."""
        return None if day == self.campaign.first_day else day

    def figures(self, region: Division, sector: Sector | None = None) -> Figures:
        """The figures of a region below, in one sector or in all."""
        path = path_of(region.code)
        return self.reading.of(path, sector) if sector else self.reading.of_region(path)

    def address(self, endpoint: str = "statistics.show", **changes: object) -> str:
        """The address of this question with something changed."""
        asked = {
            "campaign": self.campaign.id,
            "region": self.question.region.code,
            "sector": self.sector,
            "rate": self.shown if self.shown is not RateKind.CLOSED else None,
        }
        kept = {name: str(value) for name, value in {**asked, **changes}.items() if value}
        return f"{url_for(endpoint)}?{urlencode(kept)}"


def lay_out(uow: UnitOfWork, asked: Asked, shown: RateKind) -> Board:
    """The dashboard that answers a question, as of now."""
    session, calendar, question = uow.session, settings().calendar, asked.question
    today: date = calendar.local_date(uow.now)
    reading = read_figures(session, question, today)
    week = period_of(today, PeriodKind.WEEK)
    return Board(
        reading=reading,
        campaign=asked.campaign,
        campaigns=asked.campaigns,
        regions=regions_in_reach(asked.reach, question.region),
        sectors=sectors_in_reach(asked.reach, question.region),
        shown=shown,
        standouts=standouts_of(reading, pace_of(reading, asked.campaign, calendar)),
        burn_down=burn_down(reading, asked.campaign),
        departments=late_departments(session, reading),
        units=late_units(session, question, today),
        reports=reports_below(session, question, week),
        week=week,
    )
