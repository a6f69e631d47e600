"""Reads working copies: which there are, the files of one at any of its revisions, and what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.modelling.contents import fetch
from engine.modelling.models import DraftRevision, DraftState, ProcessDraft
from engine.storage.models import Resource


@dataclass(frozen=True)
class DraftFile:
    """A file as it is in a draft; `revision` is the number of its newest change, 0 while it is as in the base."""

    name: str
    content: bytes
    revision: int


def draft_of(session: Session, draft_id: int) -> ProcessDraft:
    """A draft in whatever state. Raises NotFound."""
    draft = session.get(ProcessDraft, draft_id)
    if draft is None:
        raise NotFound("draft", draft_id)
    return draft


def drafts(
    session: Session, *, state: DraftState, limit: int, before: tuple[datetime, int] | None = None
) -> Sequence[ProcessDraft]:
    """Drafts in one state, the last changed first; `before` is the moment and number of the last one of a page."""
    found = select(ProcessDraft).where(ProcessDraft.state == state)
    if before is not None:
        found = found.where(tuple_(ProcessDraft.changed_at, ProcessDraft.id) < before)
    newest_first = found.order_by(ProcessDraft.changed_at.desc(), ProcessDraft.id.desc())
    return session.scalars(newest_first.limit(limit)).all()


def draft_files(session: Session, draft_id: int, at: int | None = None) -> dict[str, bytes]:
    """The whole set as it is in the draft, or was at one of its revisions: the base's files under its own changes.

    Raises NotFound.
    """
    return {name: file.content for name, file in files_with_revisions(session, draft_id, at).items()}


def files_with_revisions(session: Session, draft_id: int, at: int | None = None) -> dict[str, DraftFile]:
    """As `draft_files`, each with the revision that made it what it is."""
    draft = draft_of(session, draft_id)
    files = {name: DraftFile(name, content, 0) for name, content in base_files(session, draft).items()}
    changed = newest_changes(session, draft_id, at)
    contents = fetch(session, (change.content_hash for change in changed if change.content_hash))
    for change in changed:
        files.pop(change.file, None)
        if change.content_hash is not None:
            files[change.file] = DraftFile(change.file, contents[change.content_hash], change.number)
    return dict(sorted(files.items()))


def file_of(session: Session, draft_id: int, name: str, at: int | None = None) -> DraftFile:
    """One file as it is in the draft, or was at a revision. Raises NotFound when it is not in the set then."""
    draft = draft_of(session, draft_id)
    change = _newest_change(session, draft_id, name, at)
    if change is None:
        content = _base_file(session, draft, name)
    elif change.content_hash is None:
        content = None
    else:
        content = fetch(session, [change.content_hash])[change.content_hash]
    if content is None:
        raise NotFound("file", name)
    return DraftFile(name, content, change.number if change else 0)


def file_names(session: Session, draft: ProcessDraft) -> set[str]:
    """The names of the files that are in the draft now."""
    names = set(session.scalars(select(Resource.name).where(Resource.deployment_id == draft.base_id)))
    for change in newest_changes(session, draft.id):
        if change.content_hash is None:
            names.discard(change.file)
        else:
            names.add(change.file)
    return names


def base_files(session: Session, draft: ProcessDraft) -> dict[str, bytes]:
    """The files of the deployment that the draft began from."""
    rows = session.execute(select(Resource.name, Resource.content).where(Resource.deployment_id == draft.base_id))
    return dict(rows.all())


def newest_changes(session: Session, draft_id: int, at: int | None = None) -> Sequence[DraftRevision]:
    """The last revision of each file that the draft ever touched, up to a revision."""
    numbers = select(func.max(DraftRevision.number)).where(DraftRevision.draft_id == draft_id)
    if at is not None:
        numbers = numbers.where(DraftRevision.number <= at)
    newest = numbers.group_by(DraftRevision.file).scalar_subquery()
    found = select(DraftRevision).where(DraftRevision.draft_id == draft_id, DraftRevision.number.in_(newest))
    return session.scalars(found.order_by(DraftRevision.file)).all()


def revisions(
    session: Session, draft_id: int, *, limit: int, file: str | None = None, before: int | None = None
) -> Sequence[DraftRevision]:
    """What happened to a draft, or to one of its files, newest first; `before` is the last number of a page."""
    found = select(DraftRevision).where(DraftRevision.draft_id == draft_id)
    if file is not None:
        found = found.where(DraftRevision.file == file)
    if before is not None:
        found = found.where(DraftRevision.number < before)
    return session.scalars(found.order_by(DraftRevision.number.desc()).limit(limit)).all()


def _newest_change(session: Session, draft_id: int, name: str, at: int | None) -> DraftRevision | None:
    before = None if at is None else at + 1
    found = revisions(session, draft_id, limit=1, file=name, before=before)
    return found[0] if found else None


def _base_file(session: Session, draft: ProcessDraft, name: str) -> bytes | None:
    found = select(Resource.content).where(Resource.deployment_id == draft.base_id, Resource.name == name)
    return session.scalar(found)
