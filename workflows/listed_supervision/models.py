"""The record of a hazard's listed supervision: its level, its notice, and the day of each step until delisting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.errors import UnknownRecord, WrongStage
from workflows.geography.divisions import RegionLevel
from workflows.labels import LabelledEnum
from workflows.records import Record


class SupervisionStatus(LabelledEnum):
    PROPOSED = "proposed", "待审批"
    DECLINED = "declined", "不予挂牌"
    LISTED = "listed", "挂牌督办中"
    DELISTED = "delisted", "已摘牌"


WAYS: Final[Mapping[SupervisionStatus, frozenset[SupervisionStatus]]] = {
    SupervisionStatus.PROPOSED: frozenset({SupervisionStatus.LISTED, SupervisionStatus.DECLINED}),
    SupervisionStatus.LISTED: frozenset({SupervisionStatus.DELISTED}),
    SupervisionStatus.DECLINED: frozenset(),
    SupervisionStatus.DELISTED: frozenset(),
}
"""Every legal move; a hazard that is listed again gets a new row."""


class Supervision(Base):
    """One listed supervision (挂牌督办) by the committee `committee_id` at its level.

    A hazard has one at most that is proposed or under way. `document` is the number of the notice (挂牌督办通知书).
    """

    __tablename__ = "supervision"
    __table_args__ = (
        Index("ix_supervision_hazard", "hazard_id", "id"),
        Index("ix_supervision_committee", "committee_id", "status"),
        Index(
            "uq_supervision_under_way",
            "hazard_id",
            unique=True,
            postgresql_where=text("status IN ('proposed', 'listed')"),
            sqlite_where=text("status IN ('proposed', 'listed')"),
        ),
    )
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    committee_id: Mapped[int] = mapped_column(BigKey, ForeignKey("organisation.id"))
    level: Mapped[RegionLevel] = mapped_column(text_enum(RegionLevel))
    status: Mapped[SupervisionStatus] = mapped_column(text_enum(SupervisionStatus), default=SupervisionStatus.PROPOSED)
    reason: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[Name]
    proposed_at: Mapped[Moment]
    opinion: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str | None] = mapped_column(String(255))
    decided_at: Mapped[datetime | None]
    document: Mapped[str | None] = mapped_column(String(128), unique=True)
    requirements: Mapped[str] = mapped_column(Text, default="")
    finish_by: Mapped[date | None]
    signed_by: Mapped[str | None] = mapped_column(String(255))
    signed_at: Mapped[datetime | None]
    plan_accepted_by: Mapped[str | None] = mapped_column(String(255))
    plan_accepted_at: Mapped[datetime | None]
    published_in: Mapped[str] = mapped_column(String(255), default="")
    published_at: Mapped[datetime | None]
    accepted_by: Mapped[str | None] = mapped_column(String(255))
    accepted_at: Mapped[datetime | None]
    delisted_by: Mapped[str | None] = mapped_column(String(255))
    delisted_at: Mapped[datetime | None]
    delisting_published_in: Mapped[str] = mapped_column(String(255), default="")
    delisting_published_at: Mapped[datetime | None]


class SupervisionNote(Base):
    """A treatment plan, a progress return or an acceptance, as it was handed in; written once, never changed."""

    __tablename__ = "supervision_note"
    __table_args__ = (Index("ix_supervision_note_supervision", "supervision_id", "id"),)
    id: Mapped[PrimaryKey]
    supervision_id: Mapped[int] = mapped_column(BigKey, ForeignKey("supervision.id"))
    subject: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment]
    by: Mapped[Name]


def supervision_by_id(session: Session, supervision_id: int) -> Supervision:
    """The supervision with this id. Raises UnknownRecord."""
    found = session.get(Supervision, supervision_id)
    if found is None:
        raise UnknownRecord(Record.SUPERVISION, supervision_id)
    return found


def supervision_under_way(session: Session, hazard_id: int) -> Supervision | None:
    """The supervision of a hazard that is proposed or listed now."""
    under_way = (SupervisionStatus.PROPOSED, SupervisionStatus.LISTED)
    return session.scalars(
        select(Supervision).where(Supervision.hazard_id == hazard_id, Supervision.status.in_(under_way))
    ).one_or_none()


def supervisions_of(session: Session, hazard_id: int) -> Sequence[Supervision]:
    """Every supervision of a hazard that was proposed, the oldest first."""
    wanted = select(Supervision).where(Supervision.hazard_id == hazard_id)
    return session.scalars(wanted.order_by(Supervision.id)).all()


def notes_of(session: Session, supervision_id: int) -> Sequence[SupervisionNote]:
    """Everything that was handed in, the oldest first."""
    wanted = select(SupervisionNote).where(SupervisionNote.supervision_id == supervision_id)
    return session.scalars(wanted.order_by(SupervisionNote.id)).all()


def move(record: Supervision, to: SupervisionStatus) -> None:
    """Bring a supervision to a status. Raises WrongStage when no way leads there."""
    if to not in WAYS[record.status]:
        ways_in = [status for status, ways in WAYS.items() if to in ways]
        raise WrongStage(Record.SUPERVISION, record.id, expected=ways_in, actual=record.status)
    record.status = to
