"""The inbox: a person's open tasks, soonest due first, page by page at a cost that does not grow with the total."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, select, tuple_, union
from sqlalchemy.orm import Session

from engine.storage.base import BigKey, UtcDateTime
from engine.storage.models import NO_DUE_DATE, TaskCandidate, TaskStatus, UserTask
from engine.tasks.actor import Actor


@dataclass(frozen=True)
class Cursor:
    """The last task of a page: the next page begins after it."""

    due_at: datetime
    task_id: int


@dataclass(frozen=True)
class Page:
    """Some tasks, and where to go on (None at the end)."""

    tasks: list[UserTask]
    next: Cursor | None


@dataclass(frozen=True)
class DueWithin:
    """A span of due dates: from a moment on, and before another; None leaves that end open."""

    start: datetime | None = None
    end: datetime | None = None


ANY_TIME = DueWithin()


def inbox(
    session: Session, actor: Actor, *, after: Cursor | None = None, limit: int = 50, due: DueWithin = ANY_TIME
) -> Page:
    """The open tasks that a person holds or could take, soonest due first; tasks without due date come last.

    Tasks that another holds, or that the person is excluded from, are left out.
    """
    found: list[tuple[int, datetime]] = []
    position = after
    while len(found) <= limit:
        batch = session.execute(_reachable(actor, due, position, limit + 1)).all()
        found += [(row.task_id, row.due_at) for row in batch if actor.user not in row.excluded]
        if len(batch) <= limit:
            break
        position = Cursor(batch[-1].due_at, batch[-1].task_id)
    page = found[:limit]
    last = Cursor(page[-1][1], page[-1][0]) if len(found) > limit else None
    return Page(_in_order(session, [task_id for task_id, _ in page]), last)


def count_inbox(session: Session, actor: Actor, *, due: DueWithin = ANY_TIME, most: int = 1000) -> int:
    """How many tasks the inbox holds, counted no further than `most`."""
    found = _reachable(actor, due, None, most).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def _reachable(actor: Actor, due: DueWithin, after: Cursor | None, limit: int) -> Select[int, datetime, list[Any]]:
    """Every way a task reaches a person, each read from its own index and no further than a page."""
    held_due = func.coalesce(UserTask.due_at, literal(NO_DUE_DATE, UtcDateTime))
    held = select(UserTask.id.label("task_id"), held_due.label("due_at")).where(
        UserTask.assignee == actor.user, UserTask.status == TaskStatus.OPEN
    )
    ways = [_bounded(held, held_due, UserTask.id, due, after, limit)]
    for identity in actor.identities:
        offered = select(TaskCandidate.task_id, TaskCandidate.due_at).where(
            TaskCandidate.identity == identity, TaskCandidate.held.is_(False)
        )
        ways.append(_bounded(offered, TaskCandidate.due_at, TaskCandidate.task_id, due, after, limit))
    merged = union(*[select(way.subquery()) for way in ways]).subquery()
    return (
        select(merged.c.task_id, merged.c.due_at, UserTask.excluded)
        .join(UserTask, UserTask.id == merged.c.task_id)
        .order_by(merged.c.due_at, merged.c.task_id)
        .limit(limit)
    )


def _bounded(
    found: Select[int, datetime], due_at: Any, task_id: Any, due: DueWithin, after: Cursor | None, limit: int
) -> Select[int, datetime]:
    if due.start is not None:
        found = found.where(due_at >= due.start)
    if due.end is not None:
        found = found.where(due_at < due.end)
    if after is not None:
        position = tuple_(literal(after.due_at, UtcDateTime), literal(after.task_id, BigKey))
        found = found.where(tuple_(due_at, task_id) > position)
    return found.order_by(due_at, task_id).limit(limit)


def _in_order(session: Session, ids: list[int]) -> list[UserTask]:
    tasks = {task.id: task for task in session.scalars(select(UserTask).where(UserTask.id.in_(ids)))}
    return [tasks[task_id] for task_id in ids if task_id in tasks]
