"""Which tasks a person has looked at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, UtcDateTime


class ReadMark(Base):
    """That a person has opened an open task, or said to have read it; a task without one is unread. Gone once the task
    ends."""

    __tablename__ = "read_mark"
    __table_args__ = (Index("ix_read_mark_task", "task_id"),)
    account: Mapped[str] = mapped_column(String(255), primary_key=True)
    task_id: Mapped[int] = mapped_column(BigKey, ForeignKey("user_task.id", ondelete="CASCADE"), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
