"""Reads time limits: a day, 立即整改 and its like, so many days from the inspection, 12月底前.

A limit given as a day lasts until the close of work on that day in Beijing time.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time

from workflows.calendar import DurationUnit
from workflows.ledger.cells.cell import Doubtful, Place, WrongCell, plain_words_in
from workflows.ledger.cells.dates import day, day_in, plausible
from workflows.ledger.reading.sheet import Cell

ON_THE_SPOT = re.compile(
    r"(立即|立查|立行|立整|即查|即知|边查|现场|当场|当日|当天)(整改|立改|即改|改正|完成|边改)*(到位|完毕)?|立即"
)
FOR_EVER = re.compile(r".*(长期|持续|常态|永久|日常|随时).*")
WITHIN = re.compile(
    r"(?:限|限期|自检查之日起)?(\d{1,3})个?(工作日|日|天|周|个?月)(?:之?内|以内)?(?:整改)?(?:完成|完毕|到位)?"
)
END_OF_MONTH = re.compile(r"((?:20)?\d\d年)?(\d{1,2})月(?:底|末)")
BEFORE = re.compile(r"(之前|以前|前)?(完成整改|整改完毕|整改到位|完成|完毕)?$")
MIDNIGHT = time(0, 0)


@dataclass(frozen=True)
class Within:
    """A limit that is counted from the inspection; `amount` 0 means the day of the inspection itself."""

    amount: int
    unit: DurationUnit = DurationUnit.DAY


def deadline(cell: Cell, place: Place) -> datetime | Within | Doubtful | None:
    """The moment (UTC) until which a hazard must be put right, or the limit that the inspection's day will tell."""
    if isinstance(cell, datetime) and cell.time() != MIDNIGHT:
        return place.calendar.at(plausible(cell.date()), cell.time().replace(microsecond=0))
    words = plain_words_in(cell) if isinstance(cell, str) else None
    if words is None:
        return _at_close(day(cell, place), place)
    return _in_words(words, place) if words else None


def resolved(limit: Within, found_on: date, place: Place) -> datetime:
    """The moment (UTC) at which a limit ends that is counted from the day of the inspection."""
    last = found_on if limit.amount == 0 else place.calendar.shift(found_on, limit.amount, limit.unit)
    return place.calendar.at(last, place.calendar.close_of_day)


def _in_words(words: str, place: Place) -> datetime | Within | Doubtful | None:
    if ON_THE_SPOT.fullmatch(words):
        return Within(0)
    if FOR_EVER.fullmatch(words):
        raise WrongCell(f"“{words}”没有期限；请写明复核日期，如 2023-01-31")
    if found := WITHIN.fullmatch(words):
        return _within(int(found[1]), found[2])
    if moment := _with_time(words, place):
        return moment
    stripped = BEFORE.sub("", words)
    if found := END_OF_MONTH.fullmatch(stripped):
        return _at_close(_end_of_month(found[1], int(found[2]), place), place)
    return _at_close(day_in(stripped, place), place)


def _within(amount: int, unit: str) -> Within:
    if unit == "工作日":
        return Within(amount, DurationUnit.WORKING_DAY)
    return Within(amount * {"周": 7}.get(unit, 30 if unit.endswith("月") else 1))


def _with_time(words: str, place: Place) -> datetime | None:
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)t?(\d\d:\d\d(?::\d\d)?)", words)
    if found is None:
        return None
    moment = datetime.fromisoformat(f"{found[1]}T{found[2]}")
    return place.calendar.at(plausible(moment.date()), moment.time())


def _end_of_month(year: str | None, month: int, place: Place) -> date | Doubtful:
    if not 1 <= month <= 12:
        raise WrongCell(f"没有 {month} 月")
    first = day_in(f"{year or ''}{month}月1日", place)
    begins = first.value if isinstance(first, Doubtful) else first
    last = begins.replace(day=monthrange(begins.year, month)[1])
    return Doubtful(last, f"按 {last:%Y-%m-%d} 导入")


def _at_close(taken: date | Doubtful | None, place: Place) -> datetime | Doubtful | None:
    if taken is None:
        return None
    if isinstance(taken, Doubtful):
        return Doubtful(place.calendar.at(taken.value, place.calendar.close_of_day), taken.message)
    return place.calendar.at(taken, place.calendar.close_of_day)
