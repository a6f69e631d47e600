"""Trials and replays of a draft: what was asked for and what came of it; no part of the real ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Json, Moment, Name, PrimaryKey, text_enum
from workflows.labels import LabelledEnum


class Trial(Base):
    """A trial of a draft: its script alone, from which it is played again whenever somebody looks.

    `undone` are the acts that were stepped back over, the last one first, until another act is done.
    """

    __tablename__ = "trial"
    __table_args__ = (Index("ix_trial_draft", "draft_id", "changed_at", "id"),)
    id: Mapped[PrimaryKey]
    draft_id: Mapped[int] = mapped_column(BigKey, ForeignKey("process_draft.id"))
    name: Mapped[Name]
    script: Mapped[dict[str, Any]]
    undone: Mapped[list[Any]] = mapped_column(default=list)
    version: Mapped[int] = mapped_column()
    begun_by: Mapped[Name]
    begun_at: Mapped[Moment]
    changed_by: Mapped[Name]
    changed_at: Mapped[Moment]

    __mapper_args__: ClassVar = {"version_id_col": version}


class ReplayState(LabelledEnum):
    WAITING = "waiting", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"
    FAILED = "failed", "无法进行"


class Replay(Base):
    """Finished hazards played once more on a draft as it was at `revision`; written by the duty `replay-hazards`.

    `hazards` are the ids of the hazards to play, the last begun first, and `done` is how many of them were.
    """

    __tablename__ = "replay"
    __table_args__ = (
        Index("ix_replay_draft", "draft_id", "id"),
        Index("ix_replay_state", "state", "id"),
    )
    id: Mapped[PrimaryKey]
    draft_id: Mapped[int] = mapped_column(BigKey, ForeignKey("process_draft.id"))
    revision: Mapped[int] = mapped_column()
    state: Mapped[ReplayState] = mapped_column(text_enum(ReplayState))
    hazards: Mapped[list[Any]]
    done: Mapped[int] = mapped_column(default=0)
    asked_by: Mapped[Name]
    asked_at: Mapped[Moment]
    finished_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]


class Finding(LabelledEnum):
    """What came of one hazard in a replay."""

    SAME = "same", "无变化"
    PATH = "path", "路径不同"
    LIMIT = "limit", "时限不同"
    TOLD = "told", "提醒不同"
    UNPLAYABLE = "unplayable", "无法还原"


class ReplayFinding(Base):
    """One hazard of a replay: how many differences there are of each kind, and the first of them.

    `difference` is a sentence's template and facts, as `workflows.trials.sentences` writes them.
    """

    __tablename__ = "replay_finding"
    __table_args__ = (
        Index("uq_replay_finding_place", "replay_id", "place", unique=True),
        Index("ix_replay_finding_finding", "replay_id", "finding", "place"),
    )
    id: Mapped[PrimaryKey]
    replay_id: Mapped[int] = mapped_column(BigKey, ForeignKey("replay.id"))
    place: Mapped[int] = mapped_column()
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    finding: Mapped[Finding] = mapped_column(text_enum(Finding))
    difference: Mapped[list[Any]] = mapped_column(Json, default=list)
    element_id: Mapped[str] = mapped_column(String(255), default="")
    paths: Mapped[int] = mapped_column(default=0)
    limits: Mapped[int] = mapped_column(default=0)
    tellings: Mapped[int] = mapped_column(default=0)
