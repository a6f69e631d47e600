"""What a person reads in the application: the notices that have come, each with whether it still matters; digests."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select, update
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus, UserTask
from workflows.errors import UnknownRecord
from workflows.escalation.models import Digest, Notice
from workflows.records import Record

WithTask = Select[Notice, str, bool]
AnyNotices = TypeVar("AnyNotices", bound=Select[*tuple[Any, ...]])

MOST_COUNTED: Final = 100
STILL_DUE: Final = and_(UserTask.status == TaskStatus.OPEN, UserTask.due_at <= Notice.due_at)
"""A notice that still matters: its task has not ended, nor got more time, since it came."""


@dataclass(frozen=True)
class Told:
    """A notice with its task's name, and whether the task is still open and due then."""

    notice: Notice
    task_name: str
    still_due: bool


def unread(session: Session, account: str, *, limit: int = 50) -> Sequence[Notice]:
    """A person's delivered notices that were not read yet, the newest first."""
    return session.scalars(select(Notice).where(*_unread_by(account)).order_by(Notice.id.desc()).limit(limit)).all()


def count_unread(session: Session, account: str) -> int:
    """How many of a person's newest unread notices still matter, counted up to MOST_COUNTED; cheap for every page."""
    newest = select(Notice.id).where(*_unread_by(account)).order_by(Notice.id.desc()).limit(MOST_COUNTED)
    still_due = select(Notice.id).join(UserTask, UserTask.id == Notice.task_id).where(Notice.id.in_(newest), STILL_DUE)
    return session.scalar(select(func.count()).select_from(still_due.subquery())) or 0


def told_unread(session: Session, account: str, *, before: int | None = None, limit: int) -> Sequence[Told]:
    """Up to `limit` delivered notices that a person has not read, the newest first; older than the id `before`."""
    return _told(session, _before(_with_task().where(*_unread_by(account)), before).limit(limit))


def told_read(session: Session, account: str, *, before: int | None = None, limit: int) -> Sequence[Told]:
    """Up to `limit` notices that a person has read, the newest first; older than the id `before`."""
    read = (Notice.recipient == account, Notice.read_at.is_not(None))
    return _told(session, _before(_with_task().where(*read), before).limit(limit))


def mark_read(uow: UnitOfWork, account: str, ids: Collection[int]) -> int:
    """Note that a person has read some of their delivered notices; returns how many were unread until now."""
    return _mark(uow, account, Notice.id.in_(ids))


def mark_all_read(uow: UnitOfWork, account: str, *, up_to: int) -> int:
    """The same of every notice up to an id: what came after the person looked stays unread."""
    return _mark(uow, account, Notice.id <= up_to)


def mark_digest_read(uow: UnitOfWork, account: str, digest_id: int) -> int:
    """The same of everything in one of the person's digests."""
    return _mark(uow, account, Notice.digest_id == digest_id)


def mark_task_read(uow: UnitOfWork, account: str, last: Notice) -> int:
    """The same of what the person was told of one task, up to the last of it."""
    return _mark(uow, account, and_(Notice.task_id == last.task_id, Notice.id <= last.id))


def digests_of(session: Session, account: str, *, before: date | None = None, limit: int) -> Sequence[Digest]:
    """Up to `limit` of a person's digests, the newest first; those from the day `before` on are left out."""
    mine = select(Digest).where(Digest.recipient == account)
    if before is not None:
        mine = mine.where(Digest.day < before)
    return session.scalars(mine.order_by(Digest.day.desc()).limit(limit)).all()


def digest_of(session: Session, account: str, digest_id: int) -> Digest:
    """A person's own digest. Raises UnknownRecord, for somebody else's as well."""
    found = session.get(Digest, digest_id)
    if found is None or found.recipient != account:
        raise UnknownRecord(Record.DIGEST, digest_id)
    return found


def entries(session: Session, digest_id: int, *, limit: int | None = None) -> Sequence[Notice]:
    """A digest's notices: first those that its reader can act on, among them the urgent, the longest due first."""
    return session.scalars(_in_order(select(Notice).where(Notice.digest_id == digest_id)).limit(limit)).all()


def told_in(session: Session, digest_id: int, *, limit: int) -> Sequence[Told]:
    """Up to `limit` entries of a digest in their order, each with whether it still matters."""
    return _told(session, _in_order(_with_task().where(Notice.digest_id == digest_id)).limit(limit))


def _unread_by(account: str) -> tuple[ColumnElement[bool], ...]:
    return Notice.recipient == account, Notice.read_at.is_(None), Notice.delivered_at.is_not(None)


def _with_task() -> WithTask:
    return select(Notice, UserTask.name, STILL_DUE).join(UserTask, UserTask.id == Notice.task_id)


def _before(statement: WithTask, notice_id: int | None) -> WithTask:
    older = statement if notice_id is None else statement.where(Notice.id < notice_id)
    return older.order_by(Notice.id.desc())


def _in_order(statement: AnyNotices) -> AnyNotices:
    return statement.order_by(Notice.can_act.desc(), Notice.urgent.desc(), Notice.due_at, Notice.id)


def _told(session: Session, statement: WithTask) -> list[Told]:
    return [Told(notice, name, bool(still_due)) for notice, name, still_due in session.execute(statement)]


def _mark(uow: UnitOfWork, account: str, which: ColumnElement[bool]) -> int:
    marked = update(Notice).where(*_unread_by(account), which).values(read_at=uow.now).returning(Notice.id)
    return len(uow.session.scalars(marked.execution_options(synchronize_session=False)).all())
