from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from workflows.ledger.cells.cell import Place
from workflows.ledger.cells.deadlines import deadline
from workflows.ledger.rows import GUARDED
from workflows.ledger.writing.cells import guarded, shown


@pytest.mark.parametrize("text", ["=1+1", "+86 371", "-", "@name", "'=x", "''-", "\tx"])
def test_text_that_excel_would_compute_is_guarded_and_unguarded_alike(text: str) -> None:
    written = guarded(text)
    assert written == f"'{text}"
    assert GUARDED.match(written)


@pytest.mark.parametrize("text", ["疏散通道", "'quoted'", "1=1", ""])
def test_other_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text
    assert not GUARDED.match(text)


def test_a_limit_at_close_of_work_is_shown_as_its_day() -> None:
    assert shown(datetime(2022, 12, 31, 10, tzinfo=UTC)) == date(2022, 12, 31)
    assert shown(datetime(2022, 12, 31, 4, 30, tzinfo=UTC)) == datetime.combine(date(2022, 12, 31), time(12, 30))


def test_a_limit_at_midnight_is_not_taken_for_its_day(place: Place) -> None:
    midnight = datetime(2022, 12, 30, 16, tzinfo=UTC)
    assert shown(midnight) == "2022-12-31 00:00:00"
    assert deadline("2022-12-31 00:00:00", place) == midnight
