"""Good practice as people see it who propose it and decide on it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.good_practice.models import GoodPractice, GoodPracticeStatus
from workflows.good_practice.permissions import deciding_scope
from workflows.permissions import Scope, visible


def awaiting_decision(session: Session, account: str, *, limit: int = 50) -> Sequence[GoodPractice]:
    """What this person may decide on, the longest waiting first."""
    waiting = select(GoodPractice).where(
        GoodPractice.status == GoodPracticeStatus.PROPOSED, GoodPractice.proposed_by != account
    )
    reached = visible(
        waiting, _that_change(deciding_scope(session, account)), GoodPractice.region_path, GoodPractice.sector
    )
    return session.scalars(reached.order_by(GoodPractice.id).limit(limit)).all()


def published_here(
    session: Session, account: str, *, before: int | None = None, limit: int = 50
) -> Sequence[GoodPractice]:
    """What is public and this person may withdraw, the newest first; those from the id `before` on are left out."""
    public = select(GoodPractice).where(GoodPractice.status == GoodPracticeStatus.PUBLISHED)
    reached = visible(
        public, _that_change(deciding_scope(session, account)), GoodPractice.region_path, GoodPractice.sector
    )
    if before is not None:
        reached = reached.where(GoodPractice.id < before)
    return session.scalars(reached.order_by(GoodPractice.id.desc()).limit(limit)).all()


def proposed_by(
    session: Session, account: str, *, before: int | None = None, limit: int = 50
) -> Sequence[GoodPractice]:
    """What a person has proposed, the newest first; those from the id `before` on are left out."""
    mine = select(GoodPractice).where(GoodPractice.proposed_by == account)
    if before is not None:
        mine = mine.where(GoodPractice.id < before)
    return session.scalars(mine.order_by(GoodPractice.id.desc()).limit(limit)).all()


def _that_change(scope: Scope) -> Scope:
    return Scope(tuple(territory for territory in scope.territories if territory.may_change))
