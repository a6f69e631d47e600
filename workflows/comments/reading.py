"""Reads what was said about a hazard, and what a person was told in it and has not read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.comments.models import Comment, Mention
from workflows.hazards.models import Hazard
from workflows.organisations.models import Person


@dataclass(frozen=True)
class UnreadMention:
    """A comment that addresses somebody who has not read it yet."""

    comment_id: int
    hazard_number: str
    title: str
    text: str
    at: datetime
    by: str
    by_name: str


def comments_of(
    session: Session, hazard_id: int, *, before: int | None = None, limit: int = 30
) -> tuple[Sequence[Comment], int | None]:
    """The newest comments on a hazard, the oldest of them first; and where to go on to earlier ones, if there are."""
    wanted = select(Comment).where(Comment.hazard_id == hazard_id)
    if before is not None:
        wanted = wanted.where(Comment.id < before)
    found = session.scalars(wanted.order_by(Comment.id.desc()).limit(limit + 1)).all()
    shown = list(reversed(found[:limit]))
    return shown, shown[0].id if len(found) > limit else None


def unread_mentions(session: Session, account: str, *, limit: int = 50) -> Sequence[UnreadMention]:
    """The comments that mention a person, who has not read them, the newest first; withdrawn ones are left out."""
    found = session.execute(
        select(Comment, Hazard.number, Hazard.title, Person.name)
        .join(Mention, Mention.comment_id == Comment.id)
        .join(Hazard, Hazard.id == Comment.hazard_id)
        .outerjoin(Person, Person.account == Comment.by)
        .where(Mention.account == account, Mention.read_at.is_(None), Comment.withdrawn_at.is_(None))
        .order_by(Mention.comment_id.desc())
        .limit(limit)
    )
    return [
        UnreadMention(said.id, number, title, said.text, said.at, said.by, name or said.by)
        for said, number, title, name in found
    ]


def mark_mentions_read(uow: UnitOfWork, account: str, comment_ids: Collection[int]) -> int:
    """Note that a person has read some comments that mention them; returns how many were unread until now."""
    mine = (Mention.account == account, Mention.comment_id.in_(comment_ids), Mention.read_at.is_(None))
    marked = update(Mention).where(*mine).values(read_at=uow.now).returning(Mention.comment_id)
    return len(uow.session.scalars(marked.execution_options(synchronize_session=False)).all())
