"""What proves and tells of a rectification: photos and documents handed in, and the log of its progress."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import exists, select

from engine.runtime import UnitOfWork
from workflows.hazards.models import Evidence, Hazard, ProgressNote
from workflows.hazards.words import EvidenceKind


def add_evidence(uow: UnitOfWork, hazard: Hazard, kind: EvidenceKind, references: Iterable[str], *, by: str) -> None:
    """Keep what was handed in with a hazard; `references` are those that the upload store gave out."""
    uow.session.add_all(
        Evidence(hazard_id=hazard.id, kind=kind, reference=each, added_at=uow.now, added_by=by) for each in references
    )


def has_evidence(uow: UnitOfWork, hazard: Hazard, kind: EvidenceKind) -> bool:
    """Whether anything of a kind was handed in."""
    found = exists().where(Evidence.hazard_id == hazard.id, Evidence.kind == kind)
    return bool(uow.session.scalar(select(found)))


def note_progress(uow: UnitOfWork, hazard: Hazard, text: str, *, by: str) -> None:
    """Add an entry to the log of a hazard's progress (整改情况)."""
    uow.session.add(ProgressNote(hazard_id=hazard.id, text=text, at=uow.now, by=by))
