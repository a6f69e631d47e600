"""Similar check (举一反三): one finding becomes a self-check of units of the same kind."""

from workflows.similar_check.answering import register
from workflows.similar_check.models import Answer, SimilarCheck, checks_of
from workflows.similar_check.spreading import spread_similar_check

__all__ = ["Answer", "SimilarCheck", "checks_of", "register", "spread_similar_check"]
