"""How a deadline reads at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from web.language import set_up_language
from web.settings import WebSettings
from web.times import Urgency, left_until
from workflows.calendar import WorkingCalendar

NOW = datetime(2022, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    app = Flask("test")
    set_up_language(app, WebSettings(secret_key="a key for the tests only"))
    app.secret_key = "a key for the tests only"
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("at", "urgency", "words"),
    [
        (None, Urgency.LATER, "无时限"),
        (datetime(2022, 11, 20, 1, tzinfo=UTC), Urgency.OVERDUE, "逾期3天"),
        (datetime(2022, 11, 23, 0, tzinfo=UTC), Urgency.OVERDUE, "今天已逾期"),
        (datetime(2022, 11, 23, 9, tzinfo=UTC), Urgency.TODAY, "今天到期"),
        (datetime(2022, 11, 24, 9, tzinfo=UTC), Urgency.WEEK, "明天到期"),
        (datetime(2022, 11, 27, 15, 59, tzinfo=UTC), Urgency.WEEK, "还有2个工作日"),
        (datetime(2022, 11, 27, 16, tzinfo=UTC), Urgency.LATER, "还有3个工作日"),
        (datetime(2022, 11, 28, 9, tzinfo=UTC), Urgency.LATER, "还有3个工作日"),
    ],
)
def test_a_deadline_reads_as_people_say_it(at: datetime | None, urgency: Urgency, words: str) -> None:
    due = left_until(at, NOW, WorkingCalendar())
    assert (due.urgency, due.words) == (urgency, words)


def test_days_are_counted_where_the_calendar_of_working_days_ends() -> None:
    assert "天" in left_until(datetime(2035, 1, 1, tzinfo=UTC), NOW, WorkingCalendar()).words
