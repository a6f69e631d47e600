"""How rates and changes are written: never rounded to a whole that they are not, and with a sign for the way."""

from __future__ import annotations

from typing import Final

from workflows.statistics.figures import Rate

NONE: Final = "–"
"""There is nothing to take a share of; that is not zero."""


def percent(rate: Rate, decimals: int = 1) -> str:
    """A rate such as `62.5%`; 100% is said of the whole only."""
    if rate.share is None:
        return NONE
    most = 100.0 if rate.part == rate.whole else 100 - 10.0**-decimals
    return f"{min(100 * rate.share, most):.{decimals}f}%"


def points(now: Rate, before: Rate, decimals: int = 1) -> str:
    """By how many percentage points a rate changed; empty when one of them is none."""
    if now.share is None or before.share is None:
        return ""
    return f"{round(100 * (now.share - before.share), decimals):+.{decimals}f}".replace("-", "−")


def signed(number: int) -> str:
    """A change with its sign."""
    return f"{number:+,}".replace("-", "−")
