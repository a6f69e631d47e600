"""Campaigns and their phases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.calendar import BEIJING_TIME, CLOSE_OF_DAY
from workflows.labels import LabelledEnum


class PhaseKind(LabelledEnum):
    SELF_CHECK = "self_check", "自查整改"
    SPECIAL_INSPECTION = "special_inspection", "专项检查"
    SPOT_CHECK = "spot_check", "督促检查"


class Campaign(Base):
    """A look-back from its first to its last day, both included, ordered by a committee.

    `content_areas` and `sectors` hold the codes that it covers. Once it is closed, no hazard is registered any more.
    """

    __tablename__ = "campaign"
    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Name]
    committee_id: Mapped[int] = mapped_column(BigKey, ForeignKey("organisation.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    content_areas: Mapped[list[Any]] = mapped_column(default=list)
    sectors: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[Moment]
    created_by: Mapped[Name]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(255))
    version: Mapped[int] = mapped_column(default=1)
    phases: Mapped[list[CampaignPhase]] = relationship(
        back_populates="campaign", order_by="CampaignPhase.first_day", cascade="all, delete-orphan"
    )

    __mapper_args__: ClassVar = {"version_id_col": version}

    @property
    def ends_at(self) -> datetime:
        """The moment (UTC) when work closes on the last day, 18:00 in Beijing."""
        return datetime.combine(self.last_day, CLOSE_OF_DAY, BEIJING_TIME).astimezone(UTC)


class CampaignPhase(Base):
    """One of the three lines of work. They run side by side over the province; the dates say when each is looked at."""

    __tablename__ = "campaign_phase"
    campaign_id: Mapped[int] = mapped_column(BigKey, ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[PhaseKind] = mapped_column(text_enum(PhaseKind), primary_key=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    campaign: Mapped[Campaign] = relationship(back_populates="phases")
