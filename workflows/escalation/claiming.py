"""Claims by a unique row: whoever writes it does what it stands for, and nobody does it twice."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.storage.base import Base

Claim = TypeVar("Claim", bound=Base)


def claim(session: Session, kind: type[Claim], **columns: Any) -> Claim | None:
    """The new row, or None when there is one with the same identity; waits for another node that is writing it."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(kind).values(columns).on_conflict_do_nothing().returning(kind)
    return session.scalars(row).one_or_none()
