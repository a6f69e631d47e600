"""Comments and mentions as rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey


class Comment(Base):
    """What a person said about a hazard; written once. One that its author withdrew is kept for the auditor."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_hazard", "hazard_id", "id"),)
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment]
    by: Mapped[Name]
    withdrawn_at: Mapped[datetime | None]


class Mention(Base):
    """A person whom a comment addresses, and when that person read it."""

    __tablename__ = "mention"
    __table_args__ = (
        Index(
            "ix_mention_unread",
            "account",
            "comment_id",
            postgresql_where=text("read_at IS NULL"),
            sqlite_where=text("read_at IS NULL"),
        ),
    )
    comment_id: Mapped[int] = mapped_column(BigKey, ForeignKey("comment.id"), primary_key=True)
    account: Mapped[str] = mapped_column(String(255), primary_key=True)
    read_at: Mapped[datetime | None]
