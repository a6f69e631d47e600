"""The record of an exposure: the text for the public, where it appeared, who approved it, whether it still stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.errors import UnknownRecord, WrongStage
from workflows.labels import LabelledEnum
from workflows.organisations.sectors import Sector
from workflows.records import Record

LONGEST_TITLE: Final = 80
ENDS_OF_A_SENTENCE: Final = "。！？；\n"


class ExposureStatus(LabelledEnum):
    PROPOSED = "proposed", "拟曝光"
    PUBLISHED = "published", "已曝光"
    DECLINED = "declined", "不予曝光"
    WITHDRAWN = "withdrawn", "已撤回"


WAYS: Final[Mapping[ExposureStatus, frozenset[ExposureStatus]]] = {
    ExposureStatus.PROPOSED: frozenset({ExposureStatus.PUBLISHED, ExposureStatus.DECLINED}),
    ExposureStatus.PUBLISHED: frozenset({ExposureStatus.WITHDRAWN}),
    ExposureStatus.DECLINED: frozenset(),
    ExposureStatus.WITHDRAWN: frozenset(),
}
"""Every legal move; a hazard that is exposed again gets a new row."""


class Exposure(Base):
    """One exposure (曝光) of a hazard; a hazard has one at most that is proposed or published.

    What the public reads is `headline`, `public_text`, `media`, `city_code` and `sector` as they were approved; none of
    it is read from the hazard afterwards.
    """

    __tablename__ = "exposure"
    __table_args__ = (
        Index("ix_exposure_hazard", "hazard_id", "id"),
        Index(
            "ix_exposure_public",
            "published_at",
            "id",
            postgresql_where=text("status = 'published'"),
            sqlite_where=text("status = 'published'"),
        ),
        Index(
            "uq_exposure_under_way",
            "hazard_id",
            unique=True,
            postgresql_where=text("status IN ('proposed', 'published')"),
            sqlite_where=text("status IN ('proposed', 'published')"),
        ),
    )
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    status: Mapped[ExposureStatus] = mapped_column(text_enum(ExposureStatus), default=ExposureStatus.PROPOSED)
    reason: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[Name]
    proposed_at: Mapped[Moment]
    headline: Mapped[str] = mapped_column(String(255), default="")
    public_text: Mapped[str] = mapped_column(Text, default="")
    media: Mapped[str] = mapped_column(String(255), default="")
    city_code: Mapped[str] = mapped_column(String(12), default="")
    sector: Mapped[Sector | None] = mapped_column(text_enum(Sector))
    drafted_by: Mapped[str | None] = mapped_column(String(255))
    drafted_at: Mapped[datetime | None]
    opinion: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str | None] = mapped_column(String(255))
    decided_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(String(255))
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(Text, default="")

    @property
    def title(self) -> str:
        """The headline that was approved; without one, the first sentence of the text that was."""
        return self.headline or first_sentence(self.public_text)


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence, cut where a title would be too long."""
    end = min((place for mark in ENDS_OF_A_SENTENCE if (place := text.find(mark)) >= 0), default=len(text))
    sentence = text[:end].strip()
    return sentence if len(sentence) <= LONGEST_TITLE else f"{sentence[: LONGEST_TITLE - 1]}…"


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
    under_way = (ExposureStatus.PROPOSED, ExposureStatus.PUBLISHED)
    return session.scalars(
        select(Exposure).where(Exposure.hazard_id == hazard_id, Exposure.status.in_(under_way))
    ).one_or_none()


def move(record: Exposure, to: ExposureStatus) -> None:
    """Bring an exposure to a status. Raises WrongStage when no way leads there."""
    if to not in WAYS[record.status]:
        ways_in = [status for status, ways in WAYS.items() if to in ways]
        raise WrongStage(Record.EXPOSURE, record.id, expected=ways_in, actual=record.status)
    record.status = to
