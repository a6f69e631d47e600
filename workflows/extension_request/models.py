"""A request to move a hazard's time limit, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.errors import UnknownRecord
from workflows.labels import LabelledEnum
from workflows.records import Record


class ExtensionStatus(LabelledEnum):
    PENDING = "pending", "待批复"
    GRANTED = "granted", "同意延期"
    REFUSED = "refused", "不予延期"


class ExtensionRequest(Base):
    """A unit's request (延期申请) and the answer to it (批复); the row stays when the limit moves.

    `present_due_at` is the limit when it was asked for. `granted_until` may be earlier than the day asked for.
    """

    __tablename__ = "extension_request"
    __table_args__ = (
        Index("ix_extension_request_hazard", "hazard_id", "id"),
        Index(
            "uq_extension_request_pending",
            "hazard_id",
            unique=True,
            postgresql_where=text("status = 'pending'"),
            sqlite_where=text("status = 'pending'"),
        ),
    )
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    status: Mapped[ExtensionStatus] = mapped_column(text_enum(ExtensionStatus), default=ExtensionStatus.PENDING)
    present_due_at: Mapped[Moment]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    evidence: Mapped[list[Any]] = mapped_column(default=list)
    requested_by: Mapped[Name]
    requested_at: Mapped[Moment]
    granted_until: Mapped[date | None]
    opinion: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str | None] = mapped_column(String(255))
    decided_at: Mapped[datetime | None]


def extension_request(session: Session, request_id: int) -> ExtensionRequest:
    """The request with this id. Raises UnknownRecord."""
    found = session.get(ExtensionRequest, request_id)
    if found is None:
        raise UnknownRecord(Record.EXTENSION_REQUEST, request_id)
    return found


def requests_of(session: Session, hazard_id: int) -> Sequence[ExtensionRequest]:
    """Every request for a hazard, the oldest first."""
    wanted = select(ExtensionRequest).where(ExtensionRequest.hazard_id == hazard_id)
    return session.scalars(wanted.order_by(ExtensionRequest.id)).all()


def pending_request(session: Session, hazard_id: int) -> ExtensionRequest | None:
    """The request that waits for its answer; a hazard has one at most."""
    return session.scalars(
        select(ExtensionRequest).where(
            ExtensionRequest.hazard_id == hazard_id, ExtensionRequest.status == ExtensionStatus.PENDING
        )
    ).one_or_none()
