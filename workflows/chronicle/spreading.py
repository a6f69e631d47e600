"""A finding that was spread to units of the same kind, told once however many units were asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Spread:
    """How many units were asked at a moment; `id` is the last of their checks."""

    id: int
    at: datetime
    by: str
    reason: str
    units: int
