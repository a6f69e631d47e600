from __future__ import annotations

from datetime import date, datetime, time

import pytest

from workflows.ledger.cells.cell import Doubtful, Place, WrongCell
from workflows.ledger.cells.dates import day
from workflows.ledger.reading.sheet import Cell


@pytest.mark.parametrize(
    "cell",
    [
        "2022.11.8", "2022-11-08", "2022/11/8", "2022年11月8日", "２０２２年１１月８日",
        "2022年11月8号", "20221108", "22.11.8",
        " 2022 年 11 月 8 日 ", "2022-11-08 00:00:00", 44873, 44873.0, "44873", date(2022, 11, 8),
        datetime.combine(date(2022, 11, 8), time(9)),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell: Cell, place: Place) -> None:
    assert day(cell, place) == date(2022, 11, 8)


@pytest.mark.parametrize("cell", ["", "/", "无", "——"])
def test_a_stroke_is_no_day(cell: Cell, place: Place) -> None:
    assert day(cell, place) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [("11月9日", date(2022, 11, 9)), ("1月15日", date(2023, 1, 15)), ("9月3日", date(2022, 9, 3))],
)
def test_a_day_without_its_year_is_taken_to_lie_in_the_campaign_with_a_doubt(
    written: str, meant: date, place: Place
) -> None:
    read = day(written, place)
    assert isinstance(read, Doubtful)
    assert read.value == meant
    assert "没有写年份" in read.message


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("11月8日-11月10日", "一段时间"),
        ("2022.11.8至2022.11.10", "一段时间"),
        ("2022年11月8日～10日", "一段时间"),
        ("11月8日、12月9日", "几个日期"),
        ("2022年11月", "没有写到日"),
        ("11月上旬", "没有写到日"),
        ("2022年2月30日", "没有 2022年2月30日 这一天"),
        ("1888年1月1日", "不是日期"),
        (11.8, "不是日期"),
        ("尽快", "不是日期"),
        (date(2999, 1, 1), "年份不合理"),
    ],
)
def test_what_is_no_single_day_is_refused_by_name(cell: Cell, said: str, place: Place) -> None:
    with pytest.raises(WrongCell, match=said):
        day(cell, place)
