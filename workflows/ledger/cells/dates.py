"""Reads days as people write them: Excel's serials, 2022.11.8, 2022年11月8日, 11月8日; a period is refused by name."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from workflows.ledger.cells.cell import Doubtful, Place, WrongCell, plain_words_in
from workflows.ledger.reading.sheet import Cell

EXCEL_BEGINS = date(1899, 12, 30)
EARLIEST_YEAR, LATEST_YEAR = 1990, 2099
SERIALS = range(32_874, 73_051)
"""Excel's numbers of the days of these years; any other number is no day."""

YEAR_MONTH_DAY = re.compile(r"((?:19|20)?\d\d)(?:年|[./-])(\d{1,2})(?:月|[./-])(\d{1,2})[日号]?(?:t?\d{1,2}:\d\d.*)?")
COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?")
MONTH_ONLY = re.compile(r"((?:19|20)?\d\d[年./-])?\d{1,2}月?(份|上旬|中旬|下旬|底|末|初)?")
PERIOD = re.compile(r"\d[日号]?(至|到|~|—|–|--|-(?=.*[月.]))\d")
SEVERAL = re.compile(r"\d[日号]?[、,，;；和]\d")


def day(cell: Cell, place: Place) -> date | Doubtful | None:
    """The day in a cell. A day without its year is taken to lie in the campaign, and is doubtful."""
    if isinstance(cell, datetime):
        return plausible(cell.date())
    if isinstance(cell, date):
        return plausible(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _by_serial(cell)
    words = plain_words_in(cell)
    return day_in(words, place) if words else None


def day_in(words: str, place: Place) -> date | Doubtful:
    """The day that a folded text names. Raises WrongCell."""
    if found := YEAR_MONTH_DAY.fullmatch(words) or COMPACT.fullmatch(words):
        return made(found[1], found[2], found[3])
    if found := MONTH_DAY.fullmatch(words):
        taken = _in_campaign(found[1], found[2], place)
        return Doubtful(taken, f"没有写年份，按 {taken:%Y-%m-%d} 导入")
    if words.isdecimal() and int(words) in SERIALS:
        return EXCEL_BEGINS + timedelta(days=int(words))
    raise WrongCell(_reason(words))


def made(year: str, month: str, day: str) -> date:
    """The day of these figures; a year of two figures is of this century. Raises WrongCell for one that is not."""
    try:
        return plausible(date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day)))
    except ValueError as impossible:
        raise WrongCell(f"没有 {year}年{month}月{day}日 这一天") from impossible


def plausible(taken: date) -> date:
    """The day itself. Raises WrongCell when no ledger can mean it."""
    if not EARLIEST_YEAR <= taken.year <= LATEST_YEAR:
        raise WrongCell(f"{taken.isoformat()} 的年份不合理")
    return taken


def _by_serial(number: float) -> date:
    if int(number) not in SERIALS:
        raise WrongCell(f"{number:g} 不是日期；请写成 2022-11-08 的样子")
    return EXCEL_BEGINS + timedelta(days=int(number))


def _in_campaign(month: str, day: str, place: Place) -> date:
    years = range(place.first_day.year, place.last_day.year + 1)
    days = [made(str(year), month, day) for year in years]
    return next((each for each in days if place.first_day <= each <= place.last_day), days[0])


def _reason(words: str) -> str:
    if PERIOD.search(words):
        return f"“{words}”是一段时间；请只写一个日期，如 2022-11-08"
    if SEVERAL.search(words):
        return f"“{words}”是几个日期；请只写一个，如 2022-11-08"
    if MONTH_ONLY.fullmatch(words):
        return f"“{words}”没有写到日；请写成 2022-11-08 的样子"
    return f"“{words}”不是日期；请写成 2022-11-08 的样子"
