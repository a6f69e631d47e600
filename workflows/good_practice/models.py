"""The record of a good practice: its text and photos, where it worked, who proposed it and who approved it.

It is a row with states and no process of its own. A process brings tasks with deadlines whose escalation reaches
leaders, which suits what endangers people and not a text that may wait; and most good practice belongs to no hazard,
while every task of ours does. What has to hold, four eyes and no way back, one table and one comparison say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.errors import UnknownRecord, WrongStage
from workflows.geography.paths import RegionPath
from workflows.labels import LabelledEnum
from workflows.organisations.sectors import Sector
from workflows.records import Record


class GoodPracticeStatus(LabelledEnum):
    PROPOSED = "proposed", "待审核"
    PUBLISHED = "published", "已发布"
    DECLINED = "declined", "未采用"
    WITHDRAWN = "withdrawn", "已撤回"


WAYS: Final[Mapping[GoodPracticeStatus, frozenset[GoodPracticeStatus]]] = {
    GoodPracticeStatus.PROPOSED: frozenset({GoodPracticeStatus.PUBLISHED, GoodPracticeStatus.DECLINED}),
    GoodPracticeStatus.PUBLISHED: frozenset({GoodPracticeStatus.WITHDRAWN}),
    GoodPracticeStatus.DECLINED: frozenset(),
    GoodPracticeStatus.WITHDRAWN: frozenset(),
}
"""Every legal move."""


class GoodPractice(Base):
    """One good practice. `organisation_name` is the proposing body's name, which the public reads as the source.

    `hazard_id` is the hazard that it came from, if any; the public is not told of it. `photos` are references of the
    upload store to pictures without any data about the camera or the place. `sector` None means all sectors.
    """

    __tablename__ = "good_practice"
    __table_args__ = (
        Index(
            "ix_good_practice_public",
            "published_at",
            "id",
            postgresql_where=text("status = 'published'"),
            sqlite_where=text("status = 'published'"),
        ),
        Index("ix_good_practice_status", "status", "id"),
        Index("ix_good_practice_proposed_by", "proposed_by", "id"),
        Index("ix_good_practice_hazard", "hazard_id"),
    )
    id: Mapped[PrimaryKey]
    status: Mapped[GoodPracticeStatus] = mapped_column(
        text_enum(GoodPracticeStatus), default=GoodPracticeStatus.PROPOSED
    )
    title: Mapped[Name]
    text: Mapped[str] = mapped_column(Text)
    region_code: Mapped[str] = mapped_column(String(12), ForeignKey("region.code"))
    region_path: Mapped[RegionPath]
    city_code: Mapped[str] = mapped_column(String(12))
    sector: Mapped[Sector | None] = mapped_column(text_enum(Sector))
    photos: Mapped[list[Any]] = mapped_column(default=list)
    hazard_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("hazard.id"))
    organisation_name: Mapped[Name]
    proposed_by: Mapped[Name]
    proposed_at: Mapped[Moment]
    opinion: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str | None] = mapped_column(String(255))
    decided_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(String(255))
    withdrawn_at: Mapped[datetime | None]
    withdrawal_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__: ClassVar = {"version_id_col": version}


def practice_by_id(session: Session, practice_id: int) -> GoodPractice:
    """The good practice with this id. Raises UnknownRecord."""
    found = session.get(GoodPractice, practice_id)
    if found is None:
        raise UnknownRecord(Record.GOOD_PRACTICE, practice_id)
    return found


def move(record: GoodPractice, to: GoodPracticeStatus) -> None:
    """Bring a good practice to a status. Raises WrongStage when no way leads there."""
    if to not in WAYS[record.status]:
        ways_in = [status for status, ways in WAYS.items() if to in ways]
        raise WrongStage(Record.GOOD_PRACTICE, record.id, expected=ways_in, actual=record.status)
    record.status = to
