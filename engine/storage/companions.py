"""What stands beside a table on one database only: an index or a virtual table that SQLAlchemy has no word for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import MetaData

COMPANIONS: Final = "companions"
"""The key of a table's `info` under which its companions stand."""


@dataclass(frozen=True)
class Companion:
    """Statements that make it, after its table, and that remove what does not go with the table, before it.

    `indexes` are the names of those of its indexes that a comparison with the models would find too many.
    """

    dialect: str
    create: tuple[str, ...]
    drop: tuple[str, ...] = ()
    indexes: frozenset[str] = frozenset()


def companions_of(metadata: MetaData, table: str) -> tuple[Companion, ...]:
    """The companions that a mapped table declares."""
    known = metadata.tables.get(table)
    return () if known is None else known.info.get(COMPANIONS, ())


def companion_indexes(metadata: MetaData) -> frozenset[str]:
    """The names of all companions' indexes."""
    each = (companion for table in metadata.tables for companion in companions_of(metadata, table))
    return frozenset(name for companion in each for name in companion.indexes)
