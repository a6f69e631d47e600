"""The rollup: a row for each campaign, region, sector, severity and day; the changes not yet added to it; and what
nobody could count, the statements that there was nothing (零报告)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Integer, PrimaryKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.geography.paths import RegionPath
from workflows.hazards.words import Severity
from workflows.organisations.sectors import Sector
from workflows.statistics.measures import Measure
from workflows.statistics.periods import PeriodKind

KEY = ("campaign_id", "region_path", "sector", "severity", "day")
"""What a row of the rollup is known by."""


class Counted:
    """The key of a row, and a column for each member of `Measure`."""

    campaign_id: Mapped[int] = mapped_column(BigKey, ForeignKey("campaign.id"))
    region_path: Mapped[RegionPath]
    sector: Mapped[Sector] = mapped_column(text_enum(Sector))
    severity: Mapped[Severity] = mapped_column(text_enum(Severity))
    day: Mapped[date] = mapped_column(Date)
    found: Mapped[int] = mapped_column(Integer, default=0)
    carried_over: Mapped[int] = mapped_column(Integer, default=0)
    relapsed: Mapped[int] = mapped_column(Integer, default=0)
    self_check: Mapped[int] = mapped_column(Integer, default=0)
    special_inspection: Mapped[int] = mapped_column(Integer, default=0)
    spot_check: Mapped[int] = mapped_column(Integer, default=0)
    closure: Mapped[int] = mapped_column(Integer, default=0)
    returned: Mapped[int] = mapped_column(Integer, default=0)
    returns: Mapped[int] = mapped_column(Integer, default=0)
    listed: Mapped[int] = mapped_column(Integer, default=0)
    exposed: Mapped[int] = mapped_column(Integer, default=0)
    false_rectification: Mapped[int] = mapped_column(Integer, default=0)
    due: Mapped[int] = mapped_column(Integer, default=0)
    in_time: Mapped[int] = mapped_column(Integer, default=0)
    unrectified: Mapped[int] = mapped_column(Integer, default=0)
    rectified: Mapped[int] = mapped_column(Integer, default=0)
    late: Mapped[int] = mapped_column(Integer, default=0)
    closed: Mapped[int] = mapped_column(Integer, default=0)


class Statistic(Counted, Base):
    """The sum of a region with everything below it, so that no page ever adds up what lies further down."""

    __tablename__ = "statistic"
    __table_args__ = (PrimaryKeyConstraint(*KEY), Index("ix_statistic_day", "campaign_id", "day", "region_path"))


class StatisticChange(Counted, Base):
    """By how much a transaction changed the figures of the very region of its hazards; written with the change, and
    gone once it was added to `Statistic`. Steps write rows of their own here instead of all updating the same one."""

    __tablename__ = "statistic_change"
    __table_args__ = (Index("ix_statistic_change_region", "campaign_id", "region_path"),)
    id: Mapped[PrimaryKey]


class ZeroReport(Base):
    """An organisation's statement that it looked and found nothing in a day or week; `sector` is its own, if it has
    one. It is made once, and stays on record when a hazard of that time turns up later."""

    __tablename__ = "zero_report"
    __table_args__ = (
        Index("uq_zero_report", "campaign_id", "organisation_id", "first_day", "period", unique=True),
        Index("ix_zero_report_region", "campaign_id", "region_path", "first_day"),
    )
    id: Mapped[PrimaryKey]
    campaign_id: Mapped[int] = mapped_column(BigKey, ForeignKey("campaign.id"))
    organisation_id: Mapped[int] = mapped_column(BigKey, ForeignKey("organisation.id"))
    region_path: Mapped[RegionPath]
    sector: Mapped[Sector | None] = mapped_column(text_enum(Sector))
    period: Mapped[PeriodKind] = mapped_column(text_enum(PeriodKind))
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    looked_at: Mapped[str] = mapped_column(String(500), default="")
    declared_at: Mapped[Moment]
    declared_by: Mapped[Name]


def column_of(model: type[Counted], measure: Measure) -> Any:
    """The column that holds a measure."""
    return getattr(model, measure.value)
