"""What a person reads in the application: notices that have come and were not read, and what a digest holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.escalation.models import Notice


def unread(session: Session, account: str, *, limit: int = 50) -> Sequence[Notice]:
    """A person's delivered notices that were not read yet, the newest first."""
    return session.scalars(
        select(Notice)
        .where(Notice.recipient == account, Notice.read_at.is_(None), Notice.delivered_at.is_not(None))
        .order_by(Notice.id.desc())
        .limit(limit)
    ).all()


def mark_read(uow: UnitOfWork, account: str, ids: Collection[int]) -> int:
    """Note that a person has read some of their delivered notices; returns how many were unread until now."""
    mine = Notice.recipient == account, Notice.id.in_(ids)
    unread_until_now = Notice.delivered_at.is_not(None), Notice.read_at.is_(None)
    marked = update(Notice).where(*mine, *unread_until_now).values(read_at=uow.now).returning(Notice.id)
    return len(uow.session.scalars(marked.execution_options(synchronize_session=False)).all())


def entries(session: Session, digest_id: int, *, limit: int | None = None) -> Sequence[Notice]:
    """A digest's notices: first those that its reader can act on, among them the urgent, the longest due first."""
    return session.scalars(
        select(Notice)
        .where(Notice.digest_id == digest_id)
        .order_by(Notice.can_act.desc(), Notice.urgent.desc(), Notice.due_at, Notice.id)
        .limit(limit)
    ).all()
