"""The condition that a search lays on hazards, served by the index over pairs of characters."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, exists, func, literal_column, select, table, true
from sqlalchemy.orm import Session

from workflows.errors import Refused
from workflows.hazards.models import Hazard
from workflows.search.grams import grams_of, phrases_of
from workflows.search.models import GRAMS_TABLE, HazardSearch
from workflows.sentences import sentence

MOST_GRAMS = 64
"""So many pairs narrow any search enough; the words themselves are compared anyway."""


def is_searchable(asked: str) -> bool:
    """Whether the index can serve the search: some word of it has two letters or digits side by side."""
    return any(map(grams_of, phrases_of(asked)))


def matching(session: Session, asked: str) -> ColumnElement[bool]:
    """Whether a hazard's number, title, unit or place hold every word of a search; true for an empty one.

    What stands in quotation marks is one word. Raises Refused when no word has two characters, because that would read
    the whole ledger; see `is_searchable`.
    """
    phrases = phrases_of(asked)
    if not phrases:
        return true()
    grams = list(dict.fromkeys(gram for phrase in phrases for gram in grams_of(phrase)))[:MOST_GRAMS]
    if not grams:
        raise Refused(sentence("type at least two characters to search for"))
    return Hazard.id.in_(_found(session, phrases, grams))


def saying(asked: str) -> ColumnElement[bool]:
    """The same condition, compared hazard by hazard without the index: for where few hazards come into question."""
    said = [HazardSearch.text.contains(phrase, autoescape=True) for phrase in phrases_of(asked)]
    return exists().where(HazardSearch.hazard_id == Hazard.id, *said)


def _found(session: Session, phrases: list[str], grams: list[str]) -> Select[int]:
    compared = [HazardSearch.text.contains(phrase, autoescape=True) for phrase in phrases if phrase not in grams]
    if session.get_bind().dialect.name == "postgresql":
        indexed = func.string_to_array(HazardSearch.grams, literal_column("' '"))
        wanted = func.string_to_array(" ".join(grams), literal_column("' '"))
        return select(HazardSearch.hazard_id).where(indexed.op("@>")(wanted), *compared)
    rowid, full_text = literal_column("rowid"), literal_column(GRAMS_TABLE)
    indexed = select(rowid).select_from(table(GRAMS_TABLE)).where(
        full_text.op("MATCH")(" AND ".join(f'"{gram}"' for gram in grams))
    )  # fmt: skip
    if not compared:
        return indexed
    return select(HazardSearch.hazard_id).where(HazardSearch.hazard_id.in_(indexed), *compared)
