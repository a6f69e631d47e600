"""The burn-down and the pace, and what stands out."""

from __future__ import annotations

from datetime import date, timedelta

from workflows.calendar import WorkingCalendar
from workflows.campaigns.models import Campaign
from workflows.geography.divisions import divisions
from workflows.organisations.sectors import Sector
from workflows.statistics.asking import Question
from workflows.statistics.figures import DayFigures, Figures
from workflows.statistics.pace import burn_down, pace_of
from workflows.statistics.reading import Place, Reading
from workflows.statistics.standouts import standouts_of

FIRST, LAST = date(2022, 11, 8), date(2023, 1, 31)
CAMPAIGN = Campaign(first_day=FIRST, last_day=LAST)
TODAY = date(2022, 11, 18)


def reading(days: dict[date, DayFigures], places: dict[Place, Figures] | None = None) -> Reading:
    found = sum(it.found for it in days.values())
    closed = sum(it.closed for it in days.values())
    total = {("/41/", Sector.TOWN_GAS): Figures(found=found, closed=closed)}
    return Reading(Question(1, divisions()["41"], None), TODAY, {**total, **(places or {})}, days)


def test_the_burn_down_ends_with_what_is_left_today() -> None:
    days = {FIRST - timedelta(days=30): DayFigures(found=2), FIRST: DayFigures(found=5), TODAY: DayFigures(closed=3)}
    line = burn_down(reading(days), CAMPAIGN)
    assert (line[0].remaining, line[-1].remaining, len(line)) == (7, 4, 11)


def test_the_pace_counts_working_days_and_knows_the_spring_festival() -> None:
    days = {FIRST: DayFigures(found=100), TODAY: DayFigures(closed=10)}
    pace = pace_of(reading(days), CAMPAIGN, WorkingCalendar())
    assert (pace.remaining, pace.days_left, pace.reached) == (90, 48, 2.0)
    assert not pace.is_enough or pace.needed == 90 / 48


def test_after_its_last_day_a_campaign_needs_no_pace() -> None:
    over = Campaign(first_day=FIRST, last_day=TODAY - timedelta(days=1))
    assert pace_of(reading({FIRST: DayFigures(found=1)}), over, WorkingCalendar()).needed is None


def test_the_days_of_lateness_fall_into_bands_that_leave_no_gap() -> None:
    days = {TODAY - timedelta(days=n): DayFigures(unrectified=1) for n in range(20)}
    it = reading(days)
    bands = [it.overdue_between(most, least) for most, least in ((3, 1), (7, 4), (15, 8), (None, 16))]
    assert bands == [3, 4, 8, 4]


def test_a_region_that_closed_less_than_half_stands_out_but_not_for_a_single_hazard() -> None:
    places: dict[Place, Figures] = {
        ("/41/4101/", Sector.TOWN_GAS): Figures(found=10, closed=4),
        ("/41/4102/", Sector.TOWN_GAS): Figures(found=10, closed=9),
        ("/41/4103/", Sector.TOWN_GAS): Figures(found=1, closed=0),
    }
    it = reading({FIRST: DayFigures(found=21)}, places)
    slow = standouts_of(it, pace_of(it, CAMPAIGN, WorkingCalendar())).slow
    assert [region.name for region in slow] == ["郑州市"]
