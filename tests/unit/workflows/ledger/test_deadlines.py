from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from workflows.calendar import DurationUnit
from workflows.ledger.cells.cell import Doubtful, Place, WrongCell
from workflows.ledger.cells.deadlines import Within, deadline, resolved
from workflows.ledger.reading.sheet import Cell


@pytest.mark.parametrize("cell", ["2022年12月31日", "2022.12.31前", "2022-12-31之前完成", date(2022, 12, 31)])
def test_a_limit_given_as_a_day_lasts_until_close_of_work_in_beijing(cell: Cell, place: Place) -> None:
    assert deadline(cell, place) == datetime(2022, 12, 31, 10, tzinfo=UTC)


@pytest.mark.parametrize("cell", ["2022-12-31 12:30", datetime.combine(date(2022, 12, 31), time(12, 30))])
def test_a_limit_with_an_hour_keeps_it(cell: Cell, place: Place) -> None:
    assert deadline(cell, place) == datetime(2022, 12, 31, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["立即整改", "立查立改", "立行立改", "立即", "即查即改", "边查边改", "现场整改完毕"]
)
def test_what_is_to_be_put_right_at_once_is_due_on_the_day_of_the_inspection(written: str, place: Place) -> None:
    limit = deadline(written, place)
    assert limit == Within(0)
    assert resolved(Within(0), date(2022, 11, 9), place) == datetime(2022, 11, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize("written", ["长期坚持", "长期", "持续推进", "常态化"])
def test_a_limit_without_end_is_refused(written: str, place: Place) -> None:
    with pytest.raises(WrongCell, match="复核日期"):
        deadline(written, place)


@pytest.mark.parametrize(
    ("written", "limit"),
    [
        ("15日内", Within(15)),
        ("限期３天", Within(3)),
        ("10个工作日内", Within(10, DurationUnit.WORKING_DAY)),
        ("两周", None),
        ("2周内", Within(14)),
        ("1个月内", Within(30)),
    ],
)
def test_a_limit_may_be_counted_from_the_inspection(written: str, limit: Within | None, place: Place) -> None:
    if limit is None:
        with pytest.raises(WrongCell):
            deadline(written, place)
    else:
        assert deadline(written, place) == limit


def test_working_days_skip_the_holidays(place: Place) -> None:
    limit = Within(1, DurationUnit.WORKING_DAY)
    assert resolved(limit, date(2023, 1, 20), place) == datetime(2023, 1, 28, 10, tzinfo=UTC)


def test_the_end_of_a_month_is_its_last_day_with_a_doubt(place: Place) -> None:
    read = deadline("12月底前", place)
    assert isinstance(read, Doubtful)
    assert read.value == datetime(2022, 12, 31, 10, tzinfo=UTC)
    read = deadline("1月底", place)
    assert isinstance(read, Doubtful)
    assert read.value == datetime(2023, 1, 31, 10, tzinfo=UTC)
