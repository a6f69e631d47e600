"""Rounds of spot-checks: what was planned, promised and drawn, who was sent where, and what they found."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.hazards.words import Verdict
from workflows.labels import LabelledEnum


class RoundStatus(LabelledEnum):
    PLANNED = "planned", "已拟定"
    COMMITTED = "committed", "已封存名单"
    DRAWN = "drawn", "已抽取"
    ASSIGNED = "assigned", "已派组"
    ENDED = "ended", "已结束"


class SpotCheckRound(Base):
    """One round of a campaign's spot-check. `status` is written by `workflows.spot_check.rounds.move` alone.

    Hazards that wait for the spot-check may be drawn and, with `closed_since`, those closed on that day or later.
    Whatever was spot-checked in the last `exclusion_days` days, or is of such a unit, is left out. `seed` is secret
    until the draw; `words` are what the witnesses said at the draw.
    """

    __tablename__ = "spot_check_round"
    __table_args__ = (Index("ix_spot_check_round_campaign", "campaign_id", "status"),)
    id: Mapped[PrimaryKey]
    campaign_id: Mapped[int] = mapped_column(BigKey, ForeignKey("campaign.id"))
    name: Mapped[Name]
    status: Mapped[RoundStatus] = mapped_column(text_enum(RoundStatus))
    parameters: Mapped[dict[str, Any]]
    closed_since: Mapped[date | None]
    exclusion_days: Mapped[int] = mapped_column(default=0)
    seed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    words: Mapped[str] = mapped_column(Text, default="")
    witnesses: Mapped[list[Any]] = mapped_column(default=list)
    version: Mapped[int] = mapped_column()

    __mapper_args__: ClassVar = {"version_id_col": version}


class RoundChange(Base):
    """A round's way from one status to the next; written once, never changed."""

    __tablename__ = "spot_check_round_change"
    __table_args__ = (Index("ix_spot_check_round_change_round", "round_id", "id"),)
    id: Mapped[PrimaryKey]
    round_id: Mapped[int] = mapped_column(BigKey, ForeignKey("spot_check_round.id"))
    before: Mapped[RoundStatus | None] = mapped_column(text_enum(RoundStatus))
    after: Mapped[RoundStatus] = mapped_column(text_enum(RoundStatus))
    at: Mapped[Moment]
    by: Mapped[Name]


class Commitment(Base):
    """What was published before the draw, as SHA-256 hashes (hex); written once, never changed."""

    __tablename__ = "spot_check_commitment"
    round_id: Mapped[int] = mapped_column(BigKey, ForeignKey("spot_check_round.id"), primary_key=True)
    seed_hash: Mapped[str] = mapped_column(String(64))
    frame_hash: Mapped[str] = mapped_column(String(64))
    parameters_hash: Mapped[str] = mapped_column(String(64))
    candidates: Mapped[int]
    committed_at: Mapped[Moment]
    committed_by: Mapped[Name]


class FrameRow(Base):
    """A hazard on a round's frozen list, with what the draw looks at; written once, never changed."""

    __tablename__ = "spot_check_frame"
    __table_args__ = (Index("ix_spot_check_frame_hazard", "hazard_id"),)
    round_id: Mapped[int] = mapped_column(BigKey, ForeignKey("spot_check_round.id"), primary_key=True)
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(64))
    city: Mapped[str] = mapped_column(String(12))
    county: Mapped[str] = mapped_column(String(12))
    sector: Mapped[str] = mapped_column(String(32))
    severity: Mapped[str] = mapped_column(String(32))
    unit: Mapped[str] = mapped_column(String(64))


class SampledHazard(Base):
    """A hazard that was drawn: who looks at it and why they, or why nobody can, and what was found.

    `reason` says in words why this team and expert, or why none. `refusals` list the other experts by the reason for
    which each was passed over. `withdrawn` are the team's people who must not take part (回避). `instance_id` is the
    inspection of a closed hazard, which has a process of its own; `next_id` is the new row that came of it.
    """

    __tablename__ = "sampled_hazard"
    __table_args__ = (
        Index("uq_sampled_hazard_place", "round_id", "hazard_id", unique=True),
        Index("ix_sampled_hazard_hazard", "hazard_id"),
    )
    id: Mapped[PrimaryKey]
    round_id: Mapped[int] = mapped_column(BigKey, ForeignKey("spot_check_round.id"))
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    number: Mapped[str] = mapped_column(String(64))
    stratum: Mapped[str] = mapped_column(String(128))
    place: Mapped[int]
    team_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("organisation.id"))
    expert: Mapped[str | None] = mapped_column(String(255))
    reason: Mapped[str] = mapped_column(Text, default="")
    refusals: Mapped[dict[str, Any]] = mapped_column(default=dict)
    withdrawn: Mapped[list[Any]] = mapped_column(default=list)
    assigned_at: Mapped[datetime | None]
    instance_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("instance.id"))
    verdict: Mapped[Verdict | None] = mapped_column(text_enum(Verdict))
    inspected_at: Mapped[datetime | None]
    next_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("hazard.id"))
