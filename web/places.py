"""A region as people write it, with what holds it: `郑州市金水区经八路街道`."""

from __future__ import annotations

from functools import cache

from workflows.geography.divisions import HENAN, divisions, path_of
from workflows.geography.regions import codes_of


@cache
def place_in_words(code: str) -> str:
    """The region's name after its superiors', without the province, which everybody here has in common."""
    below_the_province = [each for each in codes_of(path_of(code)) if each != HENAN]
    return "".join(divisions()[each].name for each in below_the_province or [HENAN])
