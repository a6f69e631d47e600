"""One transaction of webhooks: a session, and the moment on which all its records agree."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.clock import Clock
from engine.storage.database import Database


@dataclass(frozen=True)
class Writing:
    """A transaction at one moment (UTC)."""

    session: Session
    now: datetime


@contextmanager
def writing(database: Database, clock: Clock) -> Generator[Writing]:
    """Everything done inside is committed together, or nothing is. Raises ConcurrentChange."""
    with database.transaction() as session:
        yield Writing(session, clock.now())
