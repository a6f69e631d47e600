"""Cases of enforcement: the order, the penalty that was decided, and when the public was told of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.errors import UnknownRecord
from workflows.hazards.models import TEN_THOUSAND_YUAN
from workflows.labels import LabelledEnum
from workflows.records import Record


class PenaltyKind(LabelledEnum):
    """What is decided against a unit; the words are those of Henan's campaign bulletins."""

    NONE = "none", "不予处罚"
    WARNING = "warning", "警告"
    FINE = "fine", "罚款"
    STOP_PRODUCTION = "stop_production", "责令停产停业"
    LICENCE_SUSPENDED = "licence_suspended", "暂扣证照"
    LICENCE_REVOKED = "licence_revoked", "吊销证照"
    CLOSED_DOWN = "closed_down", "关闭取缔"


class EnforcementCase(Base):
    """One case (查处) against the unit of a hazard. `order_number` is that of the order to rectify.

    `amount` is in 万元. A unit that is no organisation of ours stands in `unit_name` only. A hazard has one undecided
    case at most; `decided_at` and `published_at` tell how far a case is.
    """

    __tablename__ = "enforcement_case"
    __table_args__ = (
        Index("ix_enforcement_case_hazard", "hazard_id", "id"),
        Index("ix_enforcement_case_unit", "unit_id", "decided_at"),
        Index(
            "uq_enforcement_case_undecided",
            "hazard_id",
            unique=True,
            postgresql_where=text("decided_at IS NULL"),
            sqlite_where=text("decided_at IS NULL"),
        ),
    )
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    unit_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("organisation.id"))
    unit_name: Mapped[Name]
    department_id: Mapped[int] = mapped_column(BigKey, ForeignKey("organisation.id"))
    reason: Mapped[str] = mapped_column(Text)
    opened_by: Mapped[Name]
    opened_at: Mapped[Moment]
    order_number: Mapped[str | None] = mapped_column(String(128), unique=True)
    problems: Mapped[str] = mapped_column(Text, default="")
    basis: Mapped[str] = mapped_column(Text, default="")
    inspectors: Mapped[str] = mapped_column(String(255), default="")
    rectify_by: Mapped[date | None]
    filed_at: Mapped[datetime | None]
    penalty: Mapped[PenaltyKind | None] = mapped_column(text_enum(PenaltyKind))
    amount: Mapped[Decimal | None] = mapped_column(TEN_THOUSAND_YUAN)
    opinion: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str | None] = mapped_column(String(255))
    decided_at: Mapped[datetime | None]
    published_in: Mapped[str] = mapped_column(String(255), default="")
    published_by: Mapped[str | None] = mapped_column(String(255))
    published_at: Mapped[datetime | None]


def case_by_id(session: Session, case_id: int) -> EnforcementCase:
    """The case with this id. Raises UnknownRecord."""
    found = session.get(EnforcementCase, case_id)
    if found is None:
        raise UnknownRecord(Record.ENFORCEMENT_CASE, case_id)
    return found


def cases_of(session: Session, hazard_id: int) -> Sequence[EnforcementCase]:
    """Every case about a hazard, the oldest first."""
    wanted = select(EnforcementCase).where(EnforcementCase.hazard_id == hazard_id)
    return session.scalars(wanted.order_by(EnforcementCase.id)).all()


def undecided_case(session: Session, hazard_id: int) -> EnforcementCase | None:
    """The case about a hazard in which nothing is decided yet."""
    return session.scalars(
        select(EnforcementCase).where(EnforcementCase.hazard_id == hazard_id, EnforcementCase.decided_at.is_(None))
    ).one_or_none()
