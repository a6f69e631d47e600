"""The record of an exposure: the text for the public, where it appeared, and who approved it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.errors import UnknownRecord, WrongStage
from workflows.labels import LabelledEnum
from workflows.records import Record


class ExposureStatus(LabelledEnum):
    PROPOSED = "proposed", "拟曝光"
    PUBLISHED = "published", "已曝光"
    DECLINED = "declined", "不予曝光"


class Exposure(Base):
    """One exposure (曝光) of a hazard; a hazard has one at most that is proposed or published."""

    __tablename__ = "exposure"
    __table_args__ = (
        Index("ix_exposure_hazard", "hazard_id", "id"),
        Index("ix_exposure_published", "published_at"),
        Index(
            "uq_exposure_under_way",
            "hazard_id",
            unique=True,
            postgresql_where=text("status <> 'declined'"),
            sqlite_where=text("status <> 'declined'"),
        ),
    )
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    status: Mapped[ExposureStatus] = mapped_column(text_enum(ExposureStatus), default=ExposureStatus.PROPOSED)
    reason: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[Name]
    proposed_at: Mapped[Moment]
    public_text: Mapped[str] = mapped_column(Text, default="")
    media: Mapped[str] = mapped_column(String(255), default="")
    drafted_by: Mapped[str | None] = mapped_column(String(255))
    drafted_at: Mapped[datetime | None]
    opinion: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str | None] = mapped_column(String(255))
    decided_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]


def exposure_by_id(session: Session, exposure_id: int) -> Exposure:
    """The exposure with this id. Raises UnknownRecord."""
    found = session.get(Exposure, exposure_id)
    if found is None:
        raise UnknownRecord(Record.EXPOSURE, exposure_id)
    return found


def exposures_of(session: Session, hazard_id: int) -> Sequence[Exposure]:
    """Every exposure of a hazard that was proposed, the oldest first."""
    return session.scalars(select(Exposure).where(Exposure.hazard_id == hazard_id).order_by(Exposure.id)).all()


def exposure_under_way(session: Session, hazard_id: int) -> Exposure | None:
    """The exposure of a hazard that is proposed or published."""
    return session.scalars(
        select(Exposure).where(Exposure.hazard_id == hazard_id, Exposure.status != ExposureStatus.DECLINED)
    ).one_or_none()


def decide(record: Exposure, status: ExposureStatus) -> None:
    """Publish or decline a proposed exposure. Raises WrongStage when that was decided."""
    if record.status is not ExposureStatus.PROPOSED:
        raise WrongStage(Record.EXPOSURE, record.id, expected=[ExposureStatus.PROPOSED], actual=record.status)
    record.status = status
