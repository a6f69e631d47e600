"""The tables of working copies: a draft, the revisions of its files, and the contents that these share."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum


class DraftState(StrEnum):
    """An open draft can be changed; a released one became a deployment; a discarded one was given up."""

    OPEN = "open"
    RELEASED = "released"
    DISCARDED = "discarded"


class FileChange(StrEnum):
    """What a revision did to its file; renaming one makes two revisions, one under each name."""

    ADDED = "added"
    SAVED = "saved"
    RENAMED = "renamed"
    REMOVED = "removed"
    RESTORED = "restored"


class ProcessDraft(Base):
    """A working copy of the whole set of files, based on a deployment; without one it begins empty.

    `revision` counts every change of any of its files: the newest revision's number, 0 before the first.
    """

    __tablename__ = "process_draft"
    __table_args__ = (Index("ix_process_draft_state", "state", "changed_at", "id"),)
    id: Mapped[PrimaryKey]
    name: Mapped[Name]
    base_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("deployment.id"), index=True)
    state: Mapped[DraftState] = mapped_column(text_enum(DraftState), default=DraftState.OPEN)
    revision: Mapped[int] = mapped_column(default=0)
    begun_by: Mapped[Name]
    begun_at: Mapped[Moment]
    changed_by: Mapped[Name]
    changed_at: Mapped[Moment]
    ended_at: Mapped[datetime | None]


class DraftRevision(Base):
    """One change of one file of a draft; written once, never altered. A removed file has no content.

    `origin` is what a revision came from: the former name of a renamed file, the number of a restored revision.
    """

    __tablename__ = "draft_revision"
    __table_args__ = (
        Index("uq_draft_revision_number", "draft_id", "number", unique=True),
        Index("ix_draft_revision_file", "draft_id", "file", "number"),
    )
    id: Mapped[PrimaryKey]
    draft_id: Mapped[int] = mapped_column(BigKey, ForeignKey("process_draft.id"))
    number: Mapped[int] = mapped_column()
    file: Mapped[Name]
    change: Mapped[FileChange] = mapped_column(text_enum(FileChange))
    origin: Mapped[str] = mapped_column(String(255), default="")
    content_hash: Mapped[str | None] = mapped_column(String(64), ForeignKey("draft_content.hash"))
    by: Mapped[Name]
    at: Mapped[Moment]


class DraftContent(Base):
    """The bytes of a file, compressed, under their SHA-256 (hexadecimal); the same bytes are kept once."""

    __tablename__ = "draft_content"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    compressed: Mapped[bytes] = mapped_column(LargeBinary)
