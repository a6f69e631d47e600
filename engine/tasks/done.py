"""The tasks that a person has completed, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import literal, select, tuple_
from sqlalchemy.orm import Session

from engine.storage.base import BigKey, UtcDateTime
from engine.storage.models import UserTask
from engine.tasks.inbox import Narrowing


@dataclass(frozen=True)
class DoneCursor:
    """The last task of a page: the next page goes on with what was completed before it."""

    completed_at: datetime
    task_id: int


@dataclass(frozen=True)
class DonePage:
    """Some completed tasks, and where to go on (None at the end)."""

    tasks: list[UserTask]
    next: DoneCursor | None


def completed(
    session: Session,
    account: str,
    *,
    after: DoneCursor | None = None,
    limit: int = 50,
    narrowed: Narrowing | None = None,
) -> DonePage:
    """What a person has completed, in their own name or as a substitute."""
    done = select(UserTask).where(UserTask.completed_by == account, UserTask.completed_at.is_not(None))
    if after is not None:
        position = tuple_(literal(after.completed_at, UtcDateTime), literal(after.task_id, BigKey))
        done = done.where(tuple_(UserTask.completed_at, UserTask.id) < position)
    if narrowed is not None:
        done = done.where(narrowed(UserTask.business_key.expression))
    newest_first = done.order_by(UserTask.completed_at.desc(), UserTask.id.desc()).limit(limit + 1)
    found = list(session.scalars(newest_first))
    page = found[:limit]
    if len(found) <= limit or page[-1].completed_at is None:
        return DonePage(page, None)
    return DonePage(page, DoneCursor(page[-1].completed_at, page[-1].id))
