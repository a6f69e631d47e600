"""The engine's tables: definitions, instances and everything lists, sweeps and dispatchers ask for as columns."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum

NO_DUE_DATE = datetime(9999, 12, 31, tzinfo=UTC)
"""Where a task without a due date stands in the order of due dates."""


class ResourceKind(StrEnum):
    """What a file of a deployment holds; scenarios try the others out, and are nothing to the engine itself."""

    PROCESS = "bpmn"
    DECISION = "dmn"
    FORM = "form"
    SCENARIO = "scenario"


class InstanceStatus(StrEnum):
    RUNNING = "running"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class TaskStatus(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class JobKind(StrEnum):
    TIMER = "timer"
    EVENT = "event"
    RETRY = "retry"


class SubscriptionKind(StrEnum):
    MESSAGE = "message"
    SIGNAL = "signal"


class Deployment(Base):
    """One versioned set of .bpmn, .dmn and .form files; the content of the newest is never deployed again."""

    __tablename__ = "deployment"
    id: Mapped[PrimaryKey]
    content_hash: Mapped[str] = mapped_column(String(64), index=True)
    comment: Mapped[str] = mapped_column(Text, default="")
    deployed_by: Mapped[Name]
    deployed_at: Mapped[Moment]
    resources: Mapped[list[Resource]] = relationship(back_populates="deployment", order_by="Resource.name")


class Resource(Base):
    """One file of a deployment, byte for byte as it came."""

    __tablename__ = "resource"
    id: Mapped[PrimaryKey]
    deployment_id: Mapped[int] = mapped_column(BigKey, ForeignKey("deployment.id"), index=True)
    name: Mapped[Name]
    kind: Mapped[ResourceKind] = mapped_column(text_enum(ResourceKind))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    deployment: Mapped[Deployment] = relationship(back_populates="resources")


class ProcessDefinition(Base):
    """A process of a deployment; `version` counts up for each process id."""

    __tablename__ = "process_definition"
    __table_args__ = (Index("uq_process_definition_version", "process_id", "version", unique=True),)
    id: Mapped[PrimaryKey]
    deployment_id: Mapped[int] = mapped_column(BigKey, ForeignKey("deployment.id"), index=True)
    process_id: Mapped[Name]
    name: Mapped[Name]
    version: Mapped[int] = mapped_column()
    resource_name: Mapped[Name]
    suspended: Mapped[bool] = mapped_column(default=False)
    deployment: Mapped[Deployment] = relationship(lazy="joined", innerjoin=True)


class Instance(Base):
    """A running or ended process instance. `state` is its folded token tree, without specification, compressed.

    `process_id` and `content_hash` name what it runs on, so that a step need not read its definition.
    """

    __tablename__ = "instance"
    __table_args__ = (
        Index("ix_instance_business_key", "business_key", "id"),
        Index("ix_instance_definition", "definition_id", "status", "id"),
        Index("ix_instance_process", "process_id", "status", "id"),
    )
    id: Mapped[PrimaryKey]
    definition_id: Mapped[int] = mapped_column(BigKey, ForeignKey("process_definition.id"))
    process_id: Mapped[Name]
    content_hash: Mapped[str] = mapped_column(String(64))
    business_key: Mapped[Name]
    status: Mapped[InstanceStatus] = mapped_column(text_enum(InstanceStatus))
    state: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column()
    started_by: Mapped[Name]
    started_at: Mapped[Moment]
    ended_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    definition: Mapped[ProcessDefinition] = relationship()

    __mapper_args__: ClassVar = {"version_id_col": version}


IS_UNRESOLVED = "resolved_at IS NULL"
"""The condition of the index over incidents that still wait for a retry or a repair."""

IS_OPEN = "status = 'open'"
"""The condition of an index over open tasks in SQL; a query must say it in the same words to be served by it."""


class UserTask(Base):
    """A user or manual task that people see. `token` names the waiting token in the instance's state.

    `on_behalf_of` is set while the assignee holds it, or once it was completed, as the substitute of that account.
    """

    __tablename__ = "user_task"
    __table_args__ = (
        Index("ix_user_task_assignee", "assignee", "status"),
        Index("ix_user_task_instance", "instance_id", "status"),
        Index("ix_user_task_business_key", "business_key"),
        Index("ix_user_task_element", "process_id", "element_id", "status", "id"),
        Index("ix_user_task_completed_by", "completed_by", "completed_at"),
        Index("ix_user_task_open_due", "due_at", postgresql_where=text(IS_OPEN), sqlite_where=text(IS_OPEN)),
        Index(
            "ix_user_task_on_behalf_of",
            "business_key",
            postgresql_where=text("on_behalf_of IS NOT NULL"),
            sqlite_where=text("on_behalf_of IS NOT NULL"),
        ),
    )
    id: Mapped[PrimaryKey]
    instance_id: Mapped[int] = mapped_column(BigKey, ForeignKey("instance.id"))
    token: Mapped[UUID] = mapped_column(Uuid, unique=True)
    business_key: Mapped[Name]
    process_id: Mapped[Name]
    element_id: Mapped[Name]
    name: Mapped[Name]
    form: Mapped[str | None] = mapped_column(String(255))
    status: Mapped[TaskStatus] = mapped_column(text_enum(TaskStatus), default=TaskStatus.OPEN)
    assignee: Mapped[str | None] = mapped_column(String(255))
    on_behalf_of: Mapped[str | None] = mapped_column(String(255))
    owner: Mapped[str | None] = mapped_column(String(255))
    excluded: Mapped[list[Any]] = mapped_column(default=list)
    priority: Mapped[int] = mapped_column(default=50)
    created_at: Mapped[Moment]
    due_at: Mapped[datetime | None]
    follow_up_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[str | None] = mapped_column(String(255))
    outcome: Mapped[dict[str, Any] | None]
    version: Mapped[int] = mapped_column()
    instance: Mapped[Instance] = relationship()

    __mapper_args__: ClassVar = {"version_id_col": version}


class TaskCandidate(Base):
    """One person (`user:…`) or group (`group:…`) to whom an open task is offered; gone once the task ends.

    `held` while somebody has the task: it is then in that person's inbox only. A task without a due date sorts last.
    """

    __tablename__ = "task_candidate"
    __table_args__ = (
        Index(
            "ix_task_candidate_inbox",
            "identity",
            "due_at",
            "task_id",
            postgresql_where=text("held IS false"),
            sqlite_where=text("held IS 0"),
        ),
    )
    task_id: Mapped[int] = mapped_column(BigKey, ForeignKey("user_task.id", ondelete="CASCADE"), primary_key=True)
    identity: Mapped[str] = mapped_column(String(255), primary_key=True)
    due_at: Mapped[Moment]
    held: Mapped[bool] = mapped_column(default=False)


class Job(Base):
    """Due work of one instance: a timer, a thrown event on its way, or the retry of a failed service task."""

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "ix_job_due",
            "due_at",
            "id",
            postgresql_where=text("paused IS false"),
            sqlite_where=text("paused IS 0"),
        ),
        Index("ix_job_instance", "instance_id", "due_at", "id"),
        Index("ix_job_token", "token"),
    )
    id: Mapped[PrimaryKey]
    instance_id: Mapped[int] = mapped_column(BigKey, ForeignKey("instance.id"))
    kind: Mapped[JobKind] = mapped_column(text_enum(JobKind))
    token: Mapped[UUID | None] = mapped_column(Uuid)
    element_id: Mapped[str | None] = mapped_column(String(255))
    due_at: Mapped[Moment]
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(Text)
    claimed_by: Mapped[str | None] = mapped_column(String(64))
    claimed_until: Mapped[datetime | None]
    paused: Mapped[bool] = mapped_column(default=False)


class Subscription(Base):
    """A token that waits for a message or a signal."""

    __tablename__ = "subscription"
    __table_args__ = (
        Index("ix_subscription_name", "kind", "name", "business_key"),
        Index("ix_subscription_instance", "instance_id"),
        Index("ix_subscription_element", "process_id", "element_id", "instance_id"),
    )
    id: Mapped[PrimaryKey]
    instance_id: Mapped[int] = mapped_column(BigKey, ForeignKey("instance.id"))
    kind: Mapped[SubscriptionKind] = mapped_column(text_enum(SubscriptionKind))
    name: Mapped[Name]
    business_key: Mapped[Name]
    correlation: Mapped[dict[str, Any]] = mapped_column(default=dict)
    token: Mapped[UUID] = mapped_column(Uuid)
    process_id: Mapped[Name]
    element_id: Mapped[Name]


class Incident(Base):
    """A service task that failed and waits for a retry or a repair."""

    __tablename__ = "incident"
    __table_args__ = (
        Index("ix_incident_instance", "instance_id", "resolved_at"),
        Index(
            "ix_incident_unresolved",
            "process_id",
            "element_id",
            "instance_id",
            postgresql_where=text(IS_UNRESOLVED),
            sqlite_where=text(IS_UNRESOLVED),
        ),
    )
    id: Mapped[PrimaryKey]
    instance_id: Mapped[int] = mapped_column(BigKey, ForeignKey("instance.id"))
    token: Mapped[UUID] = mapped_column(Uuid)
    process_id: Mapped[Name]
    element_id: Mapped[Name]
    message: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=1)
    raised_at: Mapped[Moment]
    resolved_at: Mapped[datetime | None]


DEEDS = (
    "instance_started",
    "instance_cancelled",
    "instance_suspended",
    "instance_resumed",
    "task_claimed",
    "task_unclaimed",
    "task_delegated",
    "task_reassigned",
    "task_completed",
    "task_rescheduled",
    "incident_resolved",
    "token_moved",
)
"""The kinds of history that tell what a person did, and not what followed from it."""

IS_DEED = f"kind IN ({', '.join(map(repr, DEEDS))})"
"""The condition of the deeds' indexes in SQL; a query must say it in the same words to be served by them."""


class HistoryEvent(Base):
    """One thing that happened to an instance; written once, never changed.

    What people did has indexes of its own, by moment, person and kind: it is what an audit asks for.
    """

    __tablename__ = "history_event"
    __table_args__ = (
        Index("ix_history_event_instance", "instance_id", "id"),
        *(
            Index(
                f"ix_history_event_deed_{name}",
                *leading,
                "at",
                "id",
                postgresql_where=text(IS_DEED),
                sqlite_where=text(IS_DEED),
            )
            for name, leading in (("at", ()), ("actor", ("actor",)), ("kind", ("kind",)))
        ),
    )
    id: Mapped[PrimaryKey]
    instance_id: Mapped[int] = mapped_column(BigKey, ForeignKey("instance.id"))
    at: Mapped[Moment]
    kind: Mapped[str] = mapped_column(String(48))
    element_id: Mapped[str | None] = mapped_column(String(255))
    element_name: Mapped[str | None] = mapped_column(String(255))
    process_id: Mapped[str | None] = mapped_column(String(255))
    actor: Mapped[str | None] = mapped_column(String(255))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


class OutboxEvent(Base):
    """What the rest of the house must hear; committed with the change that caused it."""

    __tablename__ = "outbox_event"
    __table_args__ = (
        Index(
            "ix_outbox_event_undelivered",
            "id",
            postgresql_where=text("delivered_at IS NULL"),
            sqlite_where=text("delivered_at IS NULL"),
        ),
    )
    id: Mapped[PrimaryKey]
    event_id: Mapped[UUID] = mapped_column(Uuid, unique=True)
    type: Mapped[str] = mapped_column(String(128))
    key: Mapped[str] = mapped_column(String(255))
    at: Mapped[Moment]
    data: Mapped[dict[str, Any]]
    delivered_at: Mapped[datetime | None]


class IdempotencyKey(Base):
    """A request that was carried out, with its answer, so that the same request again changes nothing."""

    __tablename__ = "idempotency_key"
    __table_args__ = (Index("ix_idempotency_key_created", "created_at"),)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    operation: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64))
    response: Mapped[dict[str, Any]]
    created_at: Mapped[Moment]
