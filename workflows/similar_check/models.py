"""The record of a similar check: which unit was asked because of which hazard, and what it answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.errors import UnknownRecord
from workflows.labels import LabelledEnum
from workflows.records import Record


class Answer(LabelledEnum):
    NONE = "none", "未发现同类隐患"
    FOUND = "found", "发现同类隐患"


class SimilarCheck(Base):
    """One unit's check for hazards like `hazard_id`; a unit is asked once for each hazard.

    `answer` is None until it comes; `found_id` is the hazard that was then put on the ledger.
    """

    __tablename__ = "similar_check"
    __table_args__ = (
        Index("uq_similar_check_unit", "hazard_id", "unit_id", unique=True),
        Index("ix_similar_check_unit_id", "unit_id", "id"),
    )
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    unit_id: Mapped[int] = mapped_column(BigKey, ForeignKey("organisation.id"))
    reason: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[Name]
    asked_at: Mapped[Moment]
    answer: Mapped[Answer | None] = mapped_column(text_enum(Answer))
    remark: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[str | None] = mapped_column(String(255))
    answered_at: Mapped[datetime | None]
    found_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("hazard.id"))


def check_by_id(session: Session, check_id: int) -> SimilarCheck:
    """The check with this id. Raises UnknownRecord."""
    found = session.get(SimilarCheck, check_id)
    if found is None:
        raise UnknownRecord(Record.SIMILAR_CHECK, check_id)
    return found


def checks_of(session: Session, hazard_id: int) -> Sequence[SimilarCheck]:
    """Every unit's check because of a hazard, in the order in which they were asked."""
    wanted = select(SimilarCheck).where(SimilarCheck.hazard_id == hazard_id)
    return session.scalars(wanted.order_by(SimilarCheck.id)).all()
