"""Rounds of spot-checks: what was planned, promised and drawn, who was sent where, and what they found."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.geography.paths import RegionPath
from workflows.hazards.words import Verdict
from workflows.labels import LabelledEnum


class RoundStatus(LabelledEnum):
    PLANNED = "planned", "已拟定"
    COMMITTED = "committed", "已封存名单"
    DRAWN = "drawn", "已抽取"
    ASSIGNED = "assigned", "已派组"
    ENDED = "ended", "已结束"


class RoundAct(LabelledEnum):
    """What people do with a round; each is on record with who and when."""

    PLANNED = "planned", "拟定方案"
    REVISED = "revised", "修改方案"
    COMMITTED = "committed", "封存名单"
    DRAWN = "drawn", "公开抽取"
    ASSIGNED = "assigned", "派组"
    ASSIGNED_AGAIN = "assigned_again", "补充派组"
    REASSIGNED = "reassigned", "人工改派"
    ITINERARY_CHANGED = "itinerary_changed", "安排行程"
    ENDED = "ended", "结束本轮"


class SpotCheckRound(Base):
    """One round of a campaign's spot-check. `status` is written by `workflows.spot_check.rounds.move` alone.

    The committee that holds the round draws in its own region, `region_path`, and sends its own teams. Hazards that
    wait for the spot-check may be drawn and, with `closed_since`, those closed on that day or later. Whatever was
    spot-checked in the last `exclusion_days` days, or is of such a unit, is left out. `seed` is secret until the draw;
    `words` are what the witnesses said at the draw.
    """

    __tablename__ = "spot_check_round"
    __table_args__ = (
        Index("ix_spot_check_round_campaign", "campaign_id", "status"),
        Index("ix_spot_check_round_region", "region_path", "id"),
    )
    id: Mapped[PrimaryKey]
    campaign_id: Mapped[int] = mapped_column(BigKey, ForeignKey("campaign.id"))
    committee_id: Mapped[int] = mapped_column(BigKey, ForeignKey("organisation.id"))
    region_path: Mapped[RegionPath]
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
    """An act on a round, and its way from one status to the next if that changed; written once, never changed.

    `facts` say what was done, as plain JSON; `reason` is what the person gave.
    """

    __tablename__ = "spot_check_round_change"
    __table_args__ = (Index("ix_spot_check_round_change_round", "round_id", "id"),)
    id: Mapped[PrimaryKey]
    round_id: Mapped[int] = mapped_column(BigKey, ForeignKey("spot_check_round.id"))
    before: Mapped[RoundStatus | None] = mapped_column(text_enum(RoundStatus))
    after: Mapped[RoundStatus] = mapped_column(text_enum(RoundStatus))
    act: Mapped[RoundAct] = mapped_column(text_enum(RoundAct))
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(Text, default="")
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
    which each was passed over. `withdrawn` are the team's people who must not take part (回避). `by_hand` holds when a
    person chose the team instead of the lot. `visit_on` and `visit_place` are the day and the place in the team's
    itinerary. `instance_id` is the inspection of a closed hazard, which has a process of its own; `next_id` is the new
    row that came of it.
    """

    __tablename__ = "sampled_hazard"
    __table_args__ = (
        Index("uq_sampled_hazard_place", "round_id", "hazard_id", unique=True),
        Index("ix_sampled_hazard_hazard", "hazard_id"),
        Index("ix_sampled_hazard_team", "team_id", "round_id", "visit_on", "visit_place"),
        Index("ix_sampled_hazard_expert", "expert", "round_id"),
        Index("ix_sampled_hazard_number", "round_id", "number"),
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
    by_hand: Mapped[bool] = mapped_column(default=False)
    visit_on: Mapped[date | None]
    visit_place: Mapped[int | None]
    instance_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("instance.id"))
    verdict: Mapped[Verdict | None] = mapped_column(text_enum(Verdict))
    inspected_at: Mapped[datetime | None]
    next_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("hazard.id"))


class Itinerary(Base):
    """How a team goes through its hazards of a round: from which day on, and how many a day."""

    __tablename__ = "spot_check_itinerary"
    round_id: Mapped[int] = mapped_column(BigKey, ForeignKey("spot_check_round.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(BigKey, ForeignKey("organisation.id"), primary_key=True)
    first_day: Mapped[date]
    per_day: Mapped[int]
    changed_at: Mapped[Moment]
    changed_by: Mapped[Name]
    version: Mapped[int] = mapped_column()

    __mapper_args__: ClassVar = {"version_id_col": version}
