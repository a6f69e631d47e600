"""What a person has read: marked when a task's page is opened, or for many at once; unmarked when the task ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from engine.storage.base import table_of
from engine.storage.models import TaskStatus, UserTask
from engine.tasks import Actor
from workflows.inbox.models import ReadMark


def unread(session: Session, account: str, tasks: Collection[int]) -> frozenset[int]:
    """Those of the tasks that a person has not read."""
    marks = select(ReadMark.task_id).where(ReadMark.account == account, ReadMark.task_id.in_(tasks))
    return frozenset(tasks) - frozenset(session.scalars(marks))


def is_to_mark(session: Session, actor: Actor, task: UserTask, *, offered: bool) -> bool:
    """Whether opening the task makes it read: it is open, in the person's inbox, and was not read before."""
    concerns = task.assignee in actor.accounts or (task.assignee is None and offered)
    return task.status is TaskStatus.OPEN and concerns and bool(unread(session, actor.user, [task.id]))


def mark_read(uow: UnitOfWork, account: str, tasks: Sequence[int]) -> None:
    """Note that a person has read these tasks; those read before stay as they are."""
    if not tasks:
        return
    upsert = sqlite.insert if uow.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    rows = [{"account": account, "task_id": task, "read_at": uow.now} for task in tasks]
    uow.session.connection().execute(upsert(table_of(ReadMark)).on_conflict_do_nothing(), rows)
