"""Tells whether two descriptions are of one hazard: the same thing seen at the same unit on the same day."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from typing import Final

from workflows.numbers import COUNTY_DIGITS
from workflows.spelling import essence, folded

SIZE: Final = 16
"""In bytes; of ten million different hazards no two share a fingerprint, but for one such ledger in 10²⁴."""


def fingerprint_of(*, region_code: str, unit_name: str, description: str, found_on: date | None) -> bytes:
    """Equal for two hazards of one unit and one day whose descriptions have the same letters and figures.

    A unit is known by its name in its county, as the import knows it: it may be no organisation of ours, or not yet.
    Punctuation, spacing, width and case make no difference.
    """
    seen = (region_code[:COUNTY_DIGITS], folded(unit_name), essence(description), str(found_on or ""))
    return blake2b("\0".join(seen).encode(), digest_size=SIZE).digest()
