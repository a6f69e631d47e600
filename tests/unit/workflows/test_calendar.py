from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.calendar import DurationUnit, WorkingCalendar
from workflows.errors import CalendarNotCovered

CALENDAR = WorkingCalendar()
BEIJING = ZoneInfo("Asia/Shanghai")
COVERED_DAYS = st.dates(date(2010, 1, 1), date(2020, 12, 31))


def beijing(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BEIJING)


def test_the_campaign_has_57_working_days() -> None:
    assert CALENDAR.working_days_in(date(2022, 11, 8), date(2023, 1, 31)) == 57


@pytest.mark.parametrize("day", [date(2023, 1, 28), date(2023, 1, 29)])
def test_make_up_weekends_are_worked(day: date) -> None:
    assert CALENDAR.is_working_day(day)


@pytest.mark.parametrize(
    ("first", "last"), [(date(2022, 12, 31), date(2023, 1, 2)), (date(2023, 1, 21), date(2023, 1, 27))]
)
def test_public_holidays_are_off(first: date, last: date) -> None:
    assert CALENDAR.working_days_in(first, last) == 0


def test_one_working_day_from_a_friday_ends_on_monday_evening() -> None:
    due = CALENDAR.due_after(beijing(2022, 11, 11, 10), 1, DurationUnit.WORKING_DAY)
    assert due == beijing(2022, 11, 14, 18)


def test_one_working_day_before_the_spring_festival_ends_after_it() -> None:
    due = CALENDAR.due_after(beijing(2023, 1, 20, 9), 1, DurationUnit.WORKING_DAY)
    assert due == beijing(2023, 1, 28, 18)


@given(st.dates(date(2022, 11, 8), date(2023, 1, 31)), st.integers(9, 17))
def test_one_working_day_given_in_office_hours_is_never_24_hours(day: date, hour: int) -> None:
    given_at = beijing(day.year, day.month, day.day, hour)
    due = CALENDAR.due_after(given_at, 1, DurationUnit.WORKING_DAY)
    assert due - given_at != timedelta(days=1)
    assert due.astimezone(BEIJING).hour == 18


def test_calendar_days_count_holidays() -> None:
    due = CALENDAR.due_after(beijing(2023, 1, 20, 9), 3, DurationUnit.DAY)
    assert due == beijing(2023, 1, 23, 18)


def test_the_day_begins_at_midnight_in_beijing() -> None:
    late_evening_in_utc = datetime(2022, 11, 8, 17, 0, tzinfo=UTC)
    assert CALENDAR.due_after(late_evening_in_utc, 1, DurationUnit.DAY) == beijing(2022, 11, 10, 18)


def test_a_due_moment_is_told_in_utc() -> None:
    assert CALENDAR.due_after(beijing(2022, 11, 8, 9), 1, DurationUnit.DAY).tzinfo is UTC


def test_a_limit_of_no_days_given_in_the_morning_ends_the_same_evening() -> None:
    assert CALENDAR.due_after(beijing(2022, 11, 8, 9), 0, DurationUnit.WORKING_DAY) == beijing(2022, 11, 8, 18)


def test_a_limit_of_no_days_given_at_night_ends_the_next_evening() -> None:
    assert CALENDAR.due_after(beijing(2022, 11, 8, 20), 0, DurationUnit.WORKING_DAY) == beijing(2022, 11, 9, 18)


def test_a_negative_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="past"):
        CALENDAR.due_after(beijing(2022, 11, 8), -1, DurationUnit.DAY)


def test_a_step_after_the_due_moment_falls_on_the_morning_of_the_shifted_day() -> None:
    due = beijing(2023, 1, 20, 18)
    assert CALENDAR.offset(due, 1, DurationUnit.WORKING_DAY) == beijing(2023, 1, 28, 9)
    assert CALENDAR.offset(due, -3, DurationUnit.WORKING_DAY) == beijing(2023, 1, 17, 9)


def test_a_step_of_no_days_falls_on_the_due_moment_itself() -> None:
    due = beijing(2023, 1, 20, 18)
    assert CALENDAR.offset(due, 0, DurationUnit.WORKING_DAY) == due


def test_a_year_without_data_is_refused_with_the_year_and_the_remedy() -> None:
    with pytest.raises(CalendarNotCovered, match=r"2040.*Administration, Calendar"):
        CALENDAR.is_working_day(date(2040, 3, 1))


def test_a_year_covered_by_the_settings_is_worked_but_for_weekends_and_overrides() -> None:
    calendar = WorkingCalendar({date(2040, 3, 1): False, date(2040, 3, 3): True}, frozenset({2040}))
    week = [calendar.is_working_day(date(2040, 2, 27) + timedelta(days=n)) for n in range(7)]
    assert week == [True, True, True, False, True, True, False]


def test_an_override_prevails_over_the_library() -> None:
    assert not WorkingCalendar({date(2022, 11, 8): False}).is_working_day(date(2022, 11, 8))


@given(COVERED_DAYS, st.integers(-60, 60).filter(bool))
def test_adding_working_days_and_counting_them_agree(day: date, amount: int) -> None:
    assert CALENDAR.working_days_between(day, CALENDAR.add_working_days(day, amount)) == amount


@given(COVERED_DAYS, st.integers(-60, 60))
def test_adding_working_days_arrives_at_a_working_day(day: date, amount: int) -> None:
    assert CALENDAR.is_working_day(CALENDAR.add_working_days(day, amount))


@given(COVERED_DAYS, st.integers(-60, 60))
def test_counting_backwards_over_working_days_is_the_opposite(day: date, distance: int) -> None:
    start, end = (CALENDAR.add_working_days(it, 0) for it in (day, day + timedelta(days=distance)))
    assert CALENDAR.working_days_between(start, end) == -CALENDAR.working_days_between(end, start)
