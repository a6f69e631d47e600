"""How rates are written."""

from __future__ import annotations

import pytest

from web.pages.statistics.percent import percent, points, signed
from workflows.statistics.figures import Rate


@pytest.mark.parametrize(
    ("rate", "written"),
    [
        (Rate(1, 3), "33.3%"),
        (Rate(2, 3), "66.7%"),
        (Rate(9999, 10000), "99.9%"),
        (Rate(5, 5), "100.0%"),
        (Rate(0, 0), "–"),
    ],
)
def test_a_rate_is_never_rounded_to_a_whole_that_it_is_not(rate: Rate, written: str) -> None:
    assert percent(rate) == written


def test_a_change_has_a_sign_and_none_where_there_was_nothing_before() -> None:
    assert points(Rate(1, 2), Rate(1, 4)) == "+25.0"
    assert points(Rate(1, 4), Rate(1, 2)) == "−25.0"
    assert points(Rate(1, 2), Rate(0, 0)) == ""
    assert signed(-1200) == "−1,200"
