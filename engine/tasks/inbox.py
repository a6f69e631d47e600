"""The inbox: a person's open tasks, soonest due first, page by page at a cost that does not grow with the total."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_, union_all
from sqlalchemy.orm import Session

from engine.storage.base import BigKey, UtcDateTime
from engine.storage.models import TaskCandidate, UserTask
from engine.tasks.actor import Actor
from engine.tasks.ways import OWN, Found, Share, Way, is_free_for, ways_to

Narrowing = Callable[[ColumnElement[str]], ColumnElement[bool]]
"""Makes, of the column with a task's business key, the condition that the inbox is narrowed to."""


@dataclass(frozen=True)
class Cursor:
    """The last task of a page: the next page begins after it."""

    due_at: datetime
    task_id: int


@dataclass(frozen=True)
class Page:
    """Some tasks, and where to go on (None at the end); `on_behalf_of` tells of those that reach the person only as a
    substitute for whom."""

    tasks: list[UserTask]
    next: Cursor | None
    on_behalf_of: Mapping[int, str] = field(default_factory=dict[int, str])


@dataclass(frozen=True)
class DueWithin:
    """A span of due dates: from a moment on, and before another; None leaves that end open."""

    start: datetime | None = None
    end: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies in the span."""
        return (self.start is None or self.start <= moment) and (self.end is None or moment < self.end)


ANY_TIME: Final = DueWithin()


def inbox(
    session: Session,
    actor: Actor,
    *,
    after: Cursor | None = None,
    limit: int = 50,
    due: DueWithin = ANY_TIME,
    share: Share = Share.ALL,
    narrowed: Narrowing | None = None,
) -> Page:
    """The open tasks that a person holds or could take, soonest due first; tasks without due date come last.

    Tasks that another holds, or that the person is excluded from, are left out. Those held by somebody whom the person
    stands in for are there, like those offered to them.
    """
    asked = _Asked(due, narrowed, after, limit + 1)
    found = session.execute(_reachable(actor, share, asked)).all()
    page = found[:limit]
    last = Cursor(page[-1].due_at, page[-1].task_id) if len(found) > limit else None
    tasks = _in_order(session, [row.task_id for row in page])
    return Page(tasks, last, {row.task_id: row.whose for row in page if row.whose != OWN})


@dataclass(frozen=True)
class _Asked:
    due: DueWithin
    narrowed: Narrowing | None
    after: Cursor | None
    limit: int


def _reachable(actor: Actor, share: Share, asked: _Asked) -> Select[Any, Any, Any]:
    """Every way a task reaches a person, none of them read further than a page."""
    ways = [select(_bounded(way, actor, asked).subquery()) for way in ways_to(actor, share)]
    merged = union_all(*ways).subquery()
    return (
        select(merged.c.task_id, merged.c.due_at, func.min(merged.c.whose).label("whose"))
        .group_by(merged.c.task_id, merged.c.due_at)
        .order_by(merged.c.due_at, merged.c.task_id)
        .limit(asked.limit)
    )


def _bounded(way: Way, actor: Actor, asked: _Asked) -> Found:
    found, due = _with_task(way).where(is_free_for(actor, literal(way.whose))), asked.due
    if due.start is not None:
        found = found.where(way.due_at >= due.start)
    if due.end is not None:
        found = found.where(way.due_at < due.end)
    if asked.after is not None:
        position = tuple_(literal(asked.after.due_at, UtcDateTime), literal(asked.after.task_id, BigKey))
        found = found.where(tuple_(way.due_at, way.task_id) > position)
    if asked.narrowed is not None:
        found = found.where(asked.narrowed(UserTask.business_key.expression))
    return found.order_by(way.due_at, way.task_id).limit(asked.limit)


def _with_task(way: Way) -> Found:
    is_offer = way.task_id is TaskCandidate.task_id
    return way.found.join(UserTask, UserTask.id == TaskCandidate.task_id) if is_offer else way.found


def _in_order(session: Session, ids: list[int]) -> list[UserTask]:
    tasks = {task.id: task for task in session.scalars(select(UserTask).where(UserTask.id.in_(ids)))}
    return [tasks[task_id] for task_id in ids if task_id in tasks]
