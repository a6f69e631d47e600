from __future__ import annotations

from typing import Any

import pytest

from workflows.calendar import WorkingCalendar
from workflows.expressions import functions

FUNCTIONS = functions(WorkingCalendar())
DUE = "2022-12-01T10:00:00+00:00"
STEPS: dict[str, list[Any]] = {
    "step": ["department", "due", "remind_person", "unit_leader"],
    "offset": [3, 0, -1, 1],
    "unit": ["working_day", "working_day", "working_day", "working_day"],
}


def test_a_group_names_the_role_and_the_organisation() -> None:
    assert FUNCTIONS["group"]("closer", 7) == "closer@7"


def test_a_group_of_an_unknown_role_is_refused() -> None:
    with pytest.raises(ValueError, match="janitor"):
        FUNCTIONS["group"]("janitor", 7)


def test_a_limit_is_told_as_an_iso_moment() -> None:
    assert FUNCTIONS["due_after"](1, "working_day", "2022-11-08T09:00:00+08:00") == "2022-11-09T10:00:00+00:00"


def test_a_limit_from_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        FUNCTIONS["due_after"](1, "day", "2022-11-08T09:00:00")


def test_a_ladder_is_climbed_in_order_of_time() -> None:
    rungs = FUNCTIONS["ladder"](STEPS, DUE)
    assert [rung["step"] for rung in rungs] == ["remind_person", "due", "unit_leader", "department"]
    assert [rung["at"] for rung in rungs] == [
        "2022-11-30T01:00:00+00:00",
        "2022-12-01T10:00:00+00:00",
        "2022-12-02T01:00:00+00:00",
        "2022-12-06T01:00:00+00:00",
    ]


def test_each_rung_knows_its_deadline() -> None:
    assert {rung["due_at"] for rung in FUNCTIONS["ladder"](STEPS, DUE)} == {DUE}


def test_a_rung_that_lies_before_the_given_moment_is_left_out() -> None:
    rungs = FUNCTIONS["ladder"](STEPS, DUE, "2022-11-30T02:00:00+00:00")
    assert [rung["step"] for rung in rungs] == ["due", "unit_leader", "department"]


def test_a_ladder_with_columns_of_unequal_length_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        FUNCTIONS["ladder"](STEPS | {"unit": ["day"]}, DUE)
