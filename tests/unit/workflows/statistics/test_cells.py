"""What one hazard adds to the figures."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from workflows.hazards.words import Origin, Severity, Stage, Verdict
from workflows.organisations.sectors import Sector
from workflows.statistics.cells import Known, counts_of, with_regions_above
from workflows.statistics.measures import Measure

MORNING = datetime(2022, 11, 8, 1, tzinfo=UTC)
SOON = st.none() | st.integers(-150, 2000).map(lambda hours: MORNING + timedelta(hours=hours))
HAZARDS = st.builds(
    Known,
    campaign_id=st.just(1),
    region_path=st.just("/41/4101/410105/"),
    sector=st.sampled_from(Sector),
    severity=st.sampled_from(Severity),
    stage=st.sampled_from(Stage),
    origin=st.sampled_from(Origin),
    verdict=st.none() | st.sampled_from(Verdict),
    returns=st.integers(0, 3),
    listed=st.booleans(),
    exposed=st.booleans(),
    created_at=st.just(MORNING),
    due_at=SOON,
    rectified_at=SOON,
    closed_at=SOON,
)


@given(HAZARDS)
def test_a_hazard_with_a_time_limit_is_in_time_or_late_or_not_rectified_and_only_one_of_them(hazard: Known) -> None:
    counts = totals(hazard)
    assert counts[Measure.DUE] == counts[Measure.IN_TIME] + counts[Measure.LATE] + counts[Measure.UNRECTIFIED]


@given(HAZARDS, st.dates(date(2022, 11, 1), date(2023, 2, 10)))
def test_on_any_day_a_hazard_is_late_once_or_not_at_all(hazard: Known, today: date) -> None:
    late = 0
    for cell, measure, number in counts_of(hazard):
        late += number * (measure is Measure.DUE and cell.day < today)
        late -= number * (measure is Measure.IN_TIME and cell.day < today)
        late -= number * (measure is Measure.LATE and cell.day <= today)
    assert late in (0, 1)


def test_a_void_hazard_counts_nowhere() -> None:
    assert not totals(known(stage=Stage.VOIDED, rectified_at=MORNING))


def test_done_is_not_closed() -> None:
    counts = totals(known(stage=Stage.CLOSURE, rectified_at=MORNING))
    assert (counts[Measure.FOUND], counts[Measure.RECTIFIED], counts[Measure.CLOSED]) == (1, 1, 0)


def test_whoever_is_done_in_the_evening_of_the_last_day_is_late_from_the_next_day_on() -> None:
    hazard = known(due_at=MORNING, rectified_at=MORNING + timedelta(hours=12))
    assert [cell.day for cell, measure, _ in counts_of(hazard) if measure is Measure.LATE] == [date(2022, 11, 9)]


def test_a_day_is_beijing_s() -> None:
    at_night = datetime(2022, 11, 7, 17, tzinfo=UTC)
    days = [cell.day for cell, measure, _ in counts_of(known(created_at=at_night)) if measure is Measure.FOUND]
    assert days == [date(2022, 11, 8)]


def test_the_regions_above_a_township_end_with_the_province() -> None:
    assert list(with_regions_above("/41/4101/410105/")) == ["/41/4101/410105/", "/41/4101/", "/41/"]


def totals(hazard: Known) -> Counter[Measure]:
    counts: Counter[Measure] = Counter()
    for _, measure, number in counts_of(hazard):
        counts[measure] += number
    return counts


def known(**facts: Any) -> Known:
    plain = Known(
        campaign_id=1,
        region_path="/41/4101/410105/",
        sector=Sector.TOWN_GAS,
        severity=Severity.GENERAL,
        stage=Stage.SELF_CHECK,
        origin=Origin.NEW,
        verdict=None,
        returns=0,
        listed=False,
        exposed=False,
        created_at=MORNING,
        due_at=None,
        rectified_at=None,
        closed_at=None,
    )
    return plain._replace(**facts)
