"""Finds hazards by what people remember of them: parts of their number, title, unit or place."""

from workflows.search.keeping import entries_of
from workflows.search.matching import is_searchable, matching, saying

__all__ = ["entries_of", "is_searchable", "matching", "saying"]
