"""Escalations, the notices that they give, the digests of them, who takes care, and deadlines that were missed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.escalation.steps import EscalationLevel, EscalationStep


class Escalation(Base):
    """A step that was taken for a deadline, or stopped; written once, never changed.

    A deadline is a task with a due date: an extension makes a new one. The row is the claim on its step, so no step
    of a deadline is taken twice. `stopped_by_id` is the acknowledgement because of which the step told nobody.
    """

    __tablename__ = "escalation"
    __table_args__ = (
        Index("uq_escalation_deadline_step", "task_id", "due_at", "step", unique=True),
        Index("ix_escalation_hazard", "hazard_id", "id"),
        Index("ix_escalation_at", "at"),
    )
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    task_id: Mapped[int] = mapped_column(BigKey, ForeignKey("user_task.id"))
    step: Mapped[EscalationStep] = mapped_column(text_enum(EscalationStep))
    level: Mapped[EscalationLevel] = mapped_column(text_enum(EscalationLevel))
    due_at: Mapped[Moment]
    at: Mapped[Moment]
    stopped_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("acknowledgement.id"))


class Acknowledgement(Base):
    """That somebody who was told of a step takes care of it (知悉并处理); written once, never changed.

    It belongs to a step of a deadline, by the same facts that identify its escalation. `as_leader` says that the step
    told this person as a leader, not as one who does the task. Until `holds_until` the deadline's later steps are
    stopped where the decision table says so; None when it stops nothing.
    """

    __tablename__ = "acknowledgement"
    __table_args__ = (
        Index("uq_acknowledgement_step_person", "task_id", "due_at", "step", "by", unique=True),
        Index("ix_acknowledgement_hazard", "hazard_id", "at", "id"),
    )
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    task_id: Mapped[int] = mapped_column(BigKey, ForeignKey("user_task.id"))
    due_at: Mapped[Moment]
    step: Mapped[EscalationStep] = mapped_column(text_enum(EscalationStep))
    by: Mapped[Name]
    as_leader: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Moment]
    holds_until: Mapped[datetime | None]


class Notice(Base):
    """What one person is told of one escalation, from `deliver_at` on.

    `for_digest` says that it waits for the person's next digest instead of coming by itself. A notice whose task ends
    before it is delivered is withdrawn: its row goes, and its escalation stays on record.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("uq_notice_escalation_recipient", "escalation_id", "recipient", unique=True),
        Index(
            "ix_notice_held",
            "deliver_at",
            "id",
            postgresql_where=text("delivered_at IS NULL AND for_digest IS false"),
            sqlite_where=text("delivered_at IS NULL AND for_digest IS 0"),
        ),
        Index(
            "ix_notice_for_digest",
            "recipient",
            "deliver_at",
            postgresql_where=text("delivered_at IS NULL AND for_digest IS true"),
            sqlite_where=text("delivered_at IS NULL AND for_digest IS 1"),
        ),
        Index(
            "ix_notice_unread",
            "recipient",
            "id",
            postgresql_where=text("read_at IS NULL"),
            sqlite_where=text("read_at IS NULL"),
        ),
        Index("ix_notice_recipient", "recipient", "id"),
        Index("ix_notice_digest", "digest_id"),
    )
    id: Mapped[PrimaryKey]
    escalation_id: Mapped[int] = mapped_column(BigKey, ForeignKey("escalation.id"))
    recipient: Mapped[Name]
    step: Mapped[EscalationStep] = mapped_column(text_enum(EscalationStep))
    hazard_number: Mapped[str] = mapped_column(String(64))
    task_id: Mapped[int] = mapped_column(BigKey, ForeignKey("user_task.id"))
    due_at: Mapped[Moment]
    urgent: Mapped[bool]
    can_act: Mapped[bool]
    for_digest: Mapped[bool]
    created_at: Mapped[Moment]
    deliver_at: Mapped[Moment]
    digest_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("digest.id"))
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]


class Digest(Base):
    """Everything a leader is told on one day, at once; there is at most one for a person and a day."""

    __tablename__ = "digest"
    __table_args__ = (Index("uq_digest_recipient_day", "recipient", "day", unique=True),)
    id: Mapped[PrimaryKey]
    recipient: Mapped[Name]
    day: Mapped[date]
    created_at: Mapped[Moment]


class MissedDeadline(Base):
    """A task that ended after its due date, which is what the on-time rates count; written once, when it ends.

    `ended_by` is None when the task was cancelled. A deadline that passed and was then extended is no row here but an
    escalation of the step `due`.
    """

    __tablename__ = "missed_deadline"
    __table_args__ = (Index("ix_missed_deadline_hazard", "hazard_id"), Index("ix_missed_deadline_due", "due_at"))
    task_id: Mapped[int] = mapped_column(BigKey, ForeignKey("user_task.id"), primary_key=True, autoincrement=False)
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    element_id: Mapped[Name]
    due_at: Mapped[Moment]
    ended_at: Mapped[Moment]
    ended_by: Mapped[str | None] = mapped_column(String(255))
