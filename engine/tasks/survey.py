"""What a person's inbox holds as a whole, for counts and comparisons: one reading of bounded work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, true, union_all
from sqlalchemy.orm import Session

from engine.storage.models import UserTask
from engine.tasks.actor import Actor
from engine.tasks.inbox import Narrowing
from engine.tasks.ways import Share, is_free_for, ways_to


@dataclass(frozen=True)
class Entry:
    """One task of the inbox: when it is due, and whether it comes to the person by name, through a group, or both."""

    task_id: int
    due_at: datetime
    is_mine: bool
    is_groups: bool

    def is_in(self, share: Share) -> bool:
        """Whether the task belongs to a part of the inbox."""
        return share is Share.ALL or (self.is_mine if share is Share.MINE else self.is_groups)


@dataclass(frozen=True)
class Survey:
    """The inbox's entries, soonest due first. `read_until` is where reading stopped because there is more than was to
    be read: of what is due later nothing is known. None when everything was read."""

    entries: Sequence[Entry]
    read_until: datetime | None


def survey(session: Session, actor: Actor, *, narrowed: Narrowing | None = None, most: int = 1000) -> Survey:
    """The first entries of the inbox, of which no more than `most` are looked at, those left out included."""
    ways = [select(way.found.order_by(way.due_at, way.task_id).limit(most + 1).subquery()) for way in ways_to(actor)]
    merged = union_all(*ways).subquery()
    reached = (
        select(
            merged.c.task_id,
            merged.c.due_at,
            func.min(merged.c.whose).label("whose"),
            func.min(merged.c.grouped).label("least"),
            func.max(merged.c.grouped).label("most"),
        )
        .group_by(merged.c.task_id, merged.c.due_at)
        .order_by(merged.c.due_at, merged.c.task_id)
        .limit(most + 1)
        .subquery()
    )
    fits = narrowed(UserTask.business_key.expression) if narrowed else true()
    looked_at = (
        select(reached, is_free_for(actor, reached.c.whose).label("is_free"), fits.label("fits"))
        .join(UserTask, UserTask.id == reached.c.task_id)
        .order_by(reached.c.due_at, reached.c.task_id)
    )
    rows = session.execute(looked_at).all()
    entries = [
        Entry(row.task_id, row.due_at, not row.least, bool(row.most)) for row in rows[:most] if row.is_free and row.fits
    ]
    return Survey(entries, rows[most].due_at if len(rows) > most else None)
