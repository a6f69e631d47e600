"""The tables of releases: what was proposed, who decided on it, and every step that it took."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum


class ReleaseKind(StrEnum):
    """Where the files came from: a draft, a folder outside, or an earlier deployment."""

    DRAFT = "draft"
    FILES = "files"
    ROLLBACK = "rollback"


class ReleaseState(StrEnum):
    """Where a release stands. HELD: its day came and it could not take effect; somebody has to look."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    HELD = "held"
    DEPLOYED = "deployed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ReleaseAct(StrEnum):
    """What is done to a release; its event is named after it. CONSENTED: one approval of several that are needed."""

    PROPOSED = "proposed"
    CONSENTED = "consented"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    SCHEDULED = "scheduled"
    UNSCHEDULED = "unscheduled"
    HELD = "held"
    DEPLOYED = "deployed"


class Verdict(StrEnum):
    """What an approver says."""

    APPROVED = "approved"
    DECLINED = "declined"


IS_UNDER_WAY = "state IN ('proposed', 'approved', 'scheduled', 'held')"
"""The condition of the index over releases that are not over, in SQL; a query must say it in the same words."""


class Release(Base):
    """A set of files, frozen when it was proposed, on its way into effect.

    `base_id` is the deployment from which its authors started, `confirmed_base_id` a later one that somebody saw and
    agreed to replace. `wanted_at` is when its proposer would like it to take effect, `effective_at` when it is
    scheduled to. `editors` are the accounts that changed its draft: none of them may approve it. An emergency needed
    no approval. `deployment_id` is what it became, and `restores_id` the deployment that a rollback brings back.
    """

    __tablename__ = "process_release"
    __table_args__ = (
        Index(
            "ix_process_release_under_way", "id", postgresql_where=text(IS_UNDER_WAY), sqlite_where=text(IS_UNDER_WAY)
        ),
        Index("ix_process_release_due", "state", "effective_at", "id"),
        Index("ix_process_release_deployment", "deployment_id"),
        Index("ix_process_release_draft", "draft_id", "id"),
    )
    id: Mapped[PrimaryKey]
    kind: Mapped[ReleaseKind] = mapped_column(text_enum(ReleaseKind))
    state: Mapped[ReleaseState] = mapped_column(text_enum(ReleaseState))
    comment: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    draft_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("process_draft.id"))
    draft_revision: Mapped[int | None]
    base_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("deployment.id"))
    confirmed_base_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("deployment.id"))
    restores_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("deployment.id"))
    editors: Mapped[list[Any]] = mapped_column(default=list)
    warnings: Mapped[int] = mapped_column(default=0)
    approvals_needed: Mapped[int] = mapped_column()
    emergency: Mapped[bool] = mapped_column(default=False)
    proposed_by: Mapped[Name]
    proposed_at: Mapped[Moment]
    wanted_at: Mapped[datetime | None]
    effective_at: Mapped[datetime | None]
    scheduled_by: Mapped[str | None] = mapped_column(String(255))
    deployment_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("deployment.id"))
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__: ClassVar = {"version_id_col": version}


class ReleaseFile(Base):
    """One file of a release; its bytes are kept under their hash."""

    __tablename__ = "process_release_file"
    release_id: Mapped[int] = mapped_column(BigKey, ForeignKey("process_release.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(255), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64), ForeignKey("draft_content.hash"))


class ReleaseDecision(Base):
    """What one approver said about a release, and why; said once."""

    __tablename__ = "process_release_decision"
    release_id: Mapped[int] = mapped_column(BigKey, ForeignKey("process_release.id"), primary_key=True)
    by: Mapped[str] = mapped_column(String(255), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(text_enum(Verdict))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Moment]


class ReleaseStep(Base):
    """One thing that was done to a release; written once, never changed."""

    __tablename__ = "process_release_step"
    __table_args__ = (Index("ix_process_release_step_release", "release_id", "id"),)
    id: Mapped[PrimaryKey]
    release_id: Mapped[int] = mapped_column(BigKey, ForeignKey("process_release.id"))
    act: Mapped[ReleaseAct] = mapped_column(text_enum(ReleaseAct))
    by: Mapped[Name]
    at: Mapped[Moment]
    words: Mapped[str] = mapped_column(Text, default="")
