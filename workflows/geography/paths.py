"""Region paths as columns: how a record says where it belongs, and how a query asks for everything inside a region."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import ColumnElement, String, and_
from sqlalchemy.orm import InstrumentedAttribute, mapped_column

# A path is compared byte by byte. PostgreSQL's default collation would order by language, skip the slashes, and could
# not use a plain index for a range; collation "C" orders bytes, as SQLite always does.
PATH = String(64).with_variant(String(64, collation="C"), "postgresql")

RegionPath = Annotated[str, mapped_column(PATH)]
PathColumn = InstrumentedAttribute[str] | ColumnElement[str]

EVERYWHERE = "/"
_AFTER_SLASH = "0"


def inside(column: PathColumn, path: str) -> ColumnElement[bool]:
    """Whether the column's path is `path` or lies below it.

    A range rather than LIKE, so that an index on the column serves it on both databases.
    """
    return and_(column >= path, column < path[:-1] + _AFTER_SLASH)


def is_inside(inner: str, path: str) -> bool:
    """Whether `inner` is `path` or lies below it; what `inside` asks in SQL."""
    return inner.startswith(path)
