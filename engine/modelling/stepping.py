"""Steps back and forth through the revisions of one file, as undo does after its page was closed in between."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.modelling.models import DraftRevision, FileChange

LONGEST_WAY = 200
"""Restorations of restorations that are followed; nobody presses undo so often in one go."""


def revision_before(session: Session, draft_id: int, name: str, revision: int) -> int | None:
    """The revision of a file to which undo leads from another one; None where there is nothing before.

    From a revision that was itself restored, undo goes on from where it was restored to, and so ever further back. The
    base counts as revision 0; a file that was added begins with its first revision.
    """
    for _ in range(LONGEST_WAY):
        found = _revision(session, draft_id, name, revision)
        if found is None or found.change is not FileChange.RESTORED:
            break
        revision = int(found.origin)
    return _newest_below(session, draft_id, name, revision)


def _newest_below(session: Session, draft_id: int, name: str, revision: int) -> int | None:
    of_file = select(DraftRevision).where(DraftRevision.draft_id == draft_id, DraftRevision.file == name)
    earlier = of_file.where(DraftRevision.number < revision).order_by(DraftRevision.number.desc()).limit(1)
    before = session.scalars(earlier).first()
    if before is not None:
        return before.number if before.content_hash is not None else None
    here = _revision(session, draft_id, name, revision)
    begins_here = here is None or here.change in {FileChange.ADDED, FileChange.RENAMED}
    return None if begins_here else 0


def _revision(session: Session, draft_id: int, name: str, revision: int) -> DraftRevision | None:
    """The revision of a file at, or last before, a number."""
    found = select(DraftRevision).where(
        DraftRevision.draft_id == draft_id, DraftRevision.file == name, DraftRevision.number <= revision
    )
    return session.scalars(found.order_by(DraftRevision.number.desc()).limit(1)).first()
