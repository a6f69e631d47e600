"""Similar check (举一反三): one finding becomes a self-check of units of the same kind."""

from workflows.similar_check.answering import register
from workflows.similar_check.models import Answer, SimilarCheck, checks_of
from workflows.similar_check.spreading import MOST_UNITS, Aim, count_units_alike, spread_similar_check, units_alike

__all__ = [
    "MOST_UNITS",
    "Aim",
    "Answer",
    "SimilarCheck",
    "checks_of",
    "count_units_alike",
    "register",
    "spread_similar_check",
    "units_alike",
]
