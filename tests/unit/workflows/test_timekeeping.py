"""Quiet hours, and the moments that follow from them."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from workflows.calendar import BEIJING_TIME
from workflows.timekeeping import QuietHours, Timekeeping

TIMEKEEPING = Timekeeping()
AWAKE_ALWAYS = Timekeeping(quiet=QuietHours(time(0, 0), time(0, 0)))
SIESTA = Timekeeping(quiet=QuietHours(time(12, 0), time(14, 0)))


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=BEIJING_TIME)


@pytest.mark.parametrize(("hour", "quiet"), [(20, False), (21, True), (23, True), (0, True), (7, True), (8, False)])
def test_quiet_hours_reach_over_midnight(hour: int, quiet: bool) -> None:
    assert QuietHours().hold(time(hour)) is quiet


def test_equal_ends_mean_no_quiet_at_all() -> None:
    assert not any(QuietHours(time(8), time(8)).hold(time(hour)) for hour in range(24))


def test_a_moment_that_is_not_quiet_is_not_put_off() -> None:
    assert TIMEKEEPING.next_waking(at("2022-11-08T20:59")) == at("2022-11-08T20:59")


@pytest.mark.parametrize(
    ("moment", "waking"),
    [
        ("2022-11-08T21:00", "2022-11-09T08:00"),
        ("2022-11-09T00:30", "2022-11-09T08:00"),
        ("2022-11-09T07:59", "2022-11-09T08:00"),
        ("2022-11-12T03:00", "2022-11-12T08:00"),
    ],
)
def test_a_quiet_moment_is_put_off_to_the_end_of_the_quiet_hours(moment: str, waking: str) -> None:
    assert TIMEKEEPING.next_waking(at(moment)) == at(waking)


def test_quiet_hours_may_lie_within_a_day() -> None:
    assert SIESTA.next_waking(at("2022-11-08T12:30")) == at("2022-11-08T14:00")


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        ("2022-11-08T07:59", "2022-11-08T08:00"),
        ("2022-11-08T08:00", "2022-11-09T08:00"),
        ("2022-11-11T09:00", "2022-11-14T08:00"),
        ("2023-01-20T09:00", "2023-01-28T08:00"),
    ],
)
def test_digests_wait_for_the_next_morning_of_a_working_day(moment: str, morning: str) -> None:
    assert TIMEKEEPING.next_morning(at(moment)) == at(morning)


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        ("2022-11-08T07:59", False),
        ("2022-11-08T08:00", True),
        ("2022-11-08T20:59", True),
        ("2022-11-08T21:00", False),
        ("2022-11-12T10:00", False),
        ("2023-01-23T10:00", False),
        ("2023-01-28T10:00", True),
    ],
)
def test_digests_come_in_the_waking_hours_of_working_days(moment: str, holds: bool) -> None:
    assert TIMEKEEPING.is_for_digests(at(moment)) is holds


def test_where_nothing_is_quiet_digests_come_at_any_hour_of_a_working_day() -> None:
    assert AWAKE_ALWAYS.is_for_digests(at("2022-11-08T00:00"))
    assert AWAKE_ALWAYS.next_morning(at("2022-11-08T10:00")) == at("2022-11-09T00:00")
