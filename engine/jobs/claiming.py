"""Claims due jobs for one node, in one statement; a claim that its node does not live up to runs out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from engine.storage.models import Job

LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
"""How long a job that failed waits at most before it is tried again."""


@dataclass(frozen=True)
class ClaimedJob:
    """A job that this node may do until its lease runs out, and the instance it is of."""

    id: int
    instance_id: int


def claim_due_jobs(session: Session, *, node: str, now: datetime, limit: int) -> Sequence[ClaimedJob]:
    """Claim up to `limit` due jobs and return them, earliest first.

    Only the earliest job of an instance is ever claimed, so an instance's deadlines fire in their order whatever
    number of nodes sweep. Rows locked by another node are skipped on PostgreSQL; SQLite has one writer at a time.
    A claim that reaches further than any can was made while the clock was ahead, and does not count.
    """
    earlier = aliased(Job)
    due = (
        select(Job.id)
        .where(
            Job.due_at <= now,
            Job.paused.is_(False),
            or_(
                Job.claimed_until.is_(None),
                Job.claimed_until < now,
                Job.claimed_until > now + LONGEST_WAIT + LEASE,
            ),
            ~exists().where(
                earlier.instance_id == Job.instance_id,
                or_(earlier.due_at < Job.due_at, (earlier.due_at == Job.due_at) & (earlier.id < Job.id)),
            ),
        )
        .order_by(Job.due_at, Job.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Job)
    )
    claim = (
        update(Job)
        .where(Job.id.in_(due.scalar_subquery()))
        .values(claimed_by=node, claimed_until=now + LEASE)
        .returning(Job.id, Job.instance_id, Job.due_at)
        .execution_options(synchronize_session=False)
    )
    claimed = session.execute(claim).all()
    return [ClaimedJob(row.id, row.instance_id) for row in sorted(claimed, key=lambda row: (row.due_at, row.id))]


def next_due_at(session: Session) -> datetime | None:
    """When the next job is due, or None when nothing waits for time."""
    return session.scalar(select(func.min(Job.due_at)).where(Job.paused.is_(False)))
