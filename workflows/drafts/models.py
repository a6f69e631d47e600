"""The drafts' table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment


class Draft(Base):
    """One person's unfinished answers to one task, by the form's keys, as they were typed: nothing was checked."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_saved", "saved_at"),)
    task_id: Mapped[int] = mapped_column(BigKey, ForeignKey("user_task.id"), primary_key=True)
    account: Mapped[str] = mapped_column(String(255), primary_key=True)
    answers: Mapped[dict[str, Any]]
    saved_at: Mapped[Moment]
