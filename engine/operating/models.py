"""The tables of operating: what was counted when, how long activities take, and acts on many instances at once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum


class Count(Base):
    """When the loads were counted last, and over how many rows; there is one row."""

    __tablename__ = "load_count"
    id: Mapped[int] = mapped_column(primary_key=True)
    counted_at: Mapped[Moment]
    rows: Mapped[int] = mapped_column(BigKey)


class DefinitionLoad(Base):
    """How many instances of a version are in which state; `failed` have a failed step, the oldest began at `since`."""

    __tablename__ = "definition_load"
    definition_id: Mapped[int] = mapped_column(BigKey, ForeignKey("process_definition.id"), primary_key=True)
    running: Mapped[int] = mapped_column(BigKey, default=0)
    suspended: Mapped[int] = mapped_column(BigKey, default=0)
    completed: Mapped[int] = mapped_column(BigKey, default=0)
    cancelled: Mapped[int] = mapped_column(BigKey, default=0)
    failed: Mapped[int] = mapped_column(BigKey, default=0)
    since: Mapped[datetime | None]


class ElementLoad(Base):
    """How many open and overdue tasks an element has among the instances of a version, and how many of these wait for
    an event or have failed there.

    `process_id` is the process or subprocess in which the element lies: the version's own, or one within or called.
    """

    __tablename__ = "element_load"
    definition_id: Mapped[int] = mapped_column(BigKey, ForeignKey("process_definition.id"), primary_key=True)
    process_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    element_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    open: Mapped[int] = mapped_column(BigKey, default=0)
    overdue: Mapped[int] = mapped_column(BigKey, default=0)
    waiting: Mapped[int] = mapped_column(BigKey, default=0)
    failed: Mapped[int] = mapped_column(BigKey, default=0)


ALL_VERSIONS = 0
"""Stands for every version of a process together."""


class ElementPace(Base):
    """How long a task took from offered to done, in working time, over its newest `sample` completions.

    `root_id` and `version` are the process of the instance, `process_id` and `element_id` the task's place; version
    ALL_VERSIONS is over all of them. `median` and `ninth` (the 90th percentile) are seconds.
    """

    __tablename__ = "element_pace"
    root_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    element_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    sample: Mapped[int]
    median: Mapped[int] = mapped_column(BigKey)
    ninth: Mapped[int] = mapped_column(BigKey)
    measured_at: Mapped[Moment]


class BatchAct(StrEnum):
    CANCEL = "cancel"
    SUSPEND = "suspend"
    RESUME = "resume"
    RETRY = "retry"


class BatchState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class Batch(Base):
    """One act on many instances: which, why, by whom, and how far it has come.

    `position` is the instance last dealt with; they are taken from the highest id, `beginning`, down. `expected` says
    how many there were when it was asked for. A batch is claimed until `claimed_until` by whoever works on it.
    """

    __tablename__ = "instance_batch"
    __table_args__ = (Index("ix_instance_batch_state", "state", "id"),)
    id: Mapped[PrimaryKey]
    act: Mapped[BatchAct] = mapped_column(text_enum(BatchAct))
    selection: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text)
    requested_by: Mapped[Name]
    requested_at: Mapped[Moment]
    state: Mapped[BatchState] = mapped_column(text_enum(BatchState), default=BatchState.WAITING)
    beginning: Mapped[int] = mapped_column(BigKey)
    position: Mapped[int | None] = mapped_column(BigKey)
    expected: Mapped[int] = mapped_column(BigKey)
    acted: Mapped[int] = mapped_column(BigKey, default=0)
    refused: Mapped[int] = mapped_column(BigKey, default=0)
    finished_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]


class BatchProblem(Base):
    """An instance with which a batch could not do what was asked, and why."""

    __tablename__ = "instance_batch_problem"
    __table_args__ = (Index("ix_instance_batch_problem_batch", "batch_id", "id"),)
    id: Mapped[PrimaryKey]
    batch_id: Mapped[int] = mapped_column(BigKey, ForeignKey("instance_batch.id"))
    instance_id: Mapped[int] = mapped_column(BigKey, ForeignKey("instance.id"))
    message: Mapped[str] = mapped_column(Text)
