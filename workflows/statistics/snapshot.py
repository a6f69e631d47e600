"""Lets all statements of a reading see the same moment, so that figures from several of them agree."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

ONE_MOMENT = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def hold_still(session: Session) -> None:
    """To be called before anything is read. On SQLite every transaction sees one moment."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(ONE_MOMENT)
