"""Sets the moment at which an approved release takes effect by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.releasing.errors import ReleaseRefused
from engine.releasing.models import Release, ReleaseAct, ReleaseState
from engine.releasing.standing import confirm
from engine.releasing.transitions import ensure_may, held, transition
from engine.runtime import UnitOfWork
from engine.sentences import sentence


def schedule(uow: UnitOfWork, release_id: int, at: datetime, *, by: str, seen: int | None = None) -> Release:
    """Let the release take effect at a moment, in the name of who scheduled it; an earlier moment is replaced.

    `seen` is the deployment that its operator agrees to replace. Raises NotFound, WrongState, and ReleaseRefused for a
    moment in the past and when others deployed something that was not seen.
    """
    release = held(uow, release_id)
    ensure_may(release, ReleaseAct.SCHEDULED)
    if at <= uow.now:
        raise ReleaseRefused(sentence("choose a moment that is still to come, or deploy it now"))
    confirm(uow, release, seen)
    release.effective_at, release.scheduled_by = at, by
    transition(uow, release, ReleaseAct.SCHEDULED, by=by, words=at.isoformat())
    return release


def unschedule(uow: UnitOfWork, release_id: int, *, by: str) -> Release:
    """Let it wait for a person again. Raises NotFound, WrongState."""
    release = held(uow, release_id)
    transition(uow, release, ReleaseAct.UNSCHEDULED, by=by)
    release.effective_at, release.scheduled_by = None, None
    return release


def due_releases(session: Session, now: datetime, *, limit: int) -> Sequence[int]:
    """The numbers of releases whose moment has come, the earliest first."""
    due = (
        select(Release.id)
        .where(Release.state == ReleaseState.SCHEDULED, Release.effective_at <= now)
        .order_by(Release.effective_at, Release.id)
        .limit(limit)
    )
    return session.scalars(due).all()
