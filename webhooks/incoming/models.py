"""The tables of incoming hooks: who may call, and every call with what came of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum


class Action(StrEnum):
    """What a call may do: put a hazard on the ledger, or give a message to the instance that waits for it."""

    REGISTER = "register"
    CORRELATE = "correlate"


class IncomingHook(Base):
    """Another system that may call. It acts for `account`, whose territory bounds what it may do.

    Both secrets are sealed; `previous_secret` is taken too until `previous_secret_until`.
    """

    __tablename__ = "incoming_hook"
    id: Mapped[PrimaryKey]
    name: Mapped[str] = mapped_column(String(64), unique=True)
    action: Mapped[Action] = mapped_column(text_enum(Action))
    account: Mapped[Name]
    description: Mapped[str] = mapped_column(Text, default="")
    most_per_minute: Mapped[int]
    secret: Mapped[str] = mapped_column(Text)
    previous_secret: Mapped[str | None] = mapped_column(Text)
    previous_secret_until: Mapped[datetime | None]
    created_at: Mapped[Moment]
    disabled_at: Mapped[datetime | None]


class IncomingCall(Base):
    """One call: under which id, how it was answered and, when it was refused, why; written once, never changed."""

    __tablename__ = "incoming_call"
    __table_args__ = (Index("ix_incoming_call_hook", "hook_id", "at"), Index("ix_incoming_call_at", "at"))
    id: Mapped[PrimaryKey]
    hook_id: Mapped[int] = mapped_column(BigKey, ForeignKey(IncomingHook.id))
    message_id: Mapped[str] = mapped_column(String(255), default="")
    at: Mapped[Moment]
    status: Mapped[int]
    detail: Mapped[str] = mapped_column(Text, default="")
