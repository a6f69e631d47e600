"""The rows that a search reads, one for each hazard, and the index that each database keeps over them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey
from engine.storage.companions import COMPANIONS, Companion

GRAMS_INDEX = "ix_hazard_search_grams"
GRAMS_TABLE = "hazard_grams"
"""SQLite's full-text table over the pairs; its rowid is the hazard's id."""

_ADD = f"INSERT INTO {GRAMS_TABLE} (rowid, grams) VALUES (new.hazard_id, new.grams)"
_DROP = f"INSERT INTO {GRAMS_TABLE} ({GRAMS_TABLE}, rowid, grams) VALUES ('delete', old.hazard_id, old.grams)"
_OVER_GRAMS = "(grams, content='hazard_search', content_rowid='hazard_id', tokenize='ascii', detail=none)"

FULL_TEXT = (
    Companion(
        dialect="postgresql",
        create=(f"CREATE INDEX {GRAMS_INDEX} ON hazard_search USING gin (string_to_array(grams, ' '))",),
        indexes=frozenset({GRAMS_INDEX}),
    ),
    Companion(
        dialect="sqlite",
        create=(
            # Every sign beyond ASCII is part of a word to the tokenizer `ascii`, so that a pair always is one word.
            f"CREATE VIRTUAL TABLE {GRAMS_TABLE} USING fts5 {_OVER_GRAMS}",
            f"CREATE TRIGGER hazard_search_added AFTER INSERT ON hazard_search BEGIN {_ADD}; END",
            f"CREATE TRIGGER hazard_search_removed AFTER DELETE ON hazard_search BEGIN {_DROP}; END",
            f"CREATE TRIGGER hazard_search_changed AFTER UPDATE ON hazard_search BEGIN {_DROP}; {_ADD}; END",
        ),
        drop=(f"DROP TABLE {GRAMS_TABLE}",),
    ),
)


class HazardSearch(Base):
    """What a hazard is found by: `text` holds its number, title, unit and place, folded, a line each; `grams` the pairs
    of their characters, with spaces between. Both follow from the hazard's row (see `workflows.search.keeping`)."""

    __tablename__ = "hazard_search"
    __table_args__ = ({"info": {COMPANIONS: FULL_TEXT}},)
    hazard_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("hazard.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    text: Mapped[str] = mapped_column(Text)
    grams: Mapped[str] = mapped_column(Text)
