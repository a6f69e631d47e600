"""The tables of webhooks: endpoints, what is to be delivered to each, and every attempt to do so."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from engine.storage.models import OutboxEvent

IS_PENDING = text("status = 'pending'")


class EndpointKind(StrEnum):
    """What stands at an endpoint: another system, a chat robot, or the way to people by mail or telephone."""

    HOOK = "hook"
    CLOUD_EVENTS = "cloudevents"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"
    MAIL = "mail"
    SMS = "sms"
    APPRISE = "apprise"


class DeliveryStatus(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"
    UNWANTED = "unwanted"


class Endpoint(Base):
    """Where events go, and which types it wants, e.g. `["hazard.*"]`; with an `audience`, only those of these keys.

    With a `region` (a path) or `sectors`, only events of these places. `url` and both secrets are sealed; `shown` is
    the address without what lets a stranger use it. `owner` is the account that registered it, `version` counts what
    people changed.

    `next_at` is when a robot that bounds its messages may be sent the next. `previous_secret` signs too until
    `previous_secret_until`. `failures` counts those in a row, `failing_since` is the first of them, and until
    `paused_until` nothing is sent. `disabled_because` says who or what switched it off.
    """

    __tablename__ = "webhook_endpoint"
    id: Mapped[PrimaryKey]
    kind: Mapped[EndpointKind] = mapped_column(text_enum(EndpointKind), default=EndpointKind.HOOK)
    url: Mapped[str] = mapped_column(Text)
    shown: Mapped[str] = mapped_column(String(2000))
    event_types: Mapped[list[Any]]
    audience: Mapped[list[Any]] = mapped_column(default=list)
    region: Mapped[str] = mapped_column(String(255), default="")
    sectors: Mapped[list[Any]] = mapped_column(default=list)
    owner: Mapped[str] = mapped_column(String(255), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    concurrency: Mapped[int] = mapped_column(default=4)
    secret: Mapped[str] = mapped_column(Text)
    previous_secret: Mapped[str | None] = mapped_column(Text)
    previous_secret_until: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    created_at: Mapped[Moment]
    disabled_at: Mapped[datetime | None]
    disabled_because: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=0)


class Delivery(Base):
    """One event for one endpoint. `claim` names the node's hold on it, which runs out at `claimed_until`.

    `attempts` counts those since it was made or replayed; the rows of `Attempt` are all there ever were.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        Index("uq_webhook_delivery_event", "event_id", "endpoint_id", unique=True),
        Index("ix_webhook_delivery_key", "key", "id"),
        Index("ix_webhook_delivery_endpoint", "endpoint_id", "id"),
        Index(
            "ix_webhook_delivery_due",
            "endpoint_id",
            "due_at",
            "event_id",
            postgresql_where=IS_PENDING,
            sqlite_where=IS_PENDING,
        ),
        Index(
            "ix_webhook_delivery_order",
            "endpoint_id",
            "key",
            "event_id",
            postgresql_where=IS_PENDING,
            sqlite_where=IS_PENDING,
        ),
        Index(
            "ix_webhook_delivery_claimed",
            "endpoint_id",
            "claimed_until",
            postgresql_where=text("claimed_until IS NOT NULL"),
            sqlite_where=text("claimed_until IS NOT NULL"),
        ),
        Index(
            "ix_webhook_delivery_dead",
            "id",
            postgresql_where=text("status = 'dead'"),
            sqlite_where=text("status = 'dead'"),
        ),
    )
    id: Mapped[PrimaryKey]
    endpoint_id: Mapped[int] = mapped_column(BigKey, ForeignKey(Endpoint.id))
    event_id: Mapped[int] = mapped_column(BigKey, ForeignKey(OutboxEvent.id))
    key: Mapped[Name]
    status: Mapped[DeliveryStatus] = mapped_column(text_enum(DeliveryStatus))
    due_at: Mapped[Moment]
    attempts: Mapped[int] = mapped_column(default=0)
    claim: Mapped[UUID | None] = mapped_column(Uuid)
    claimed_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Attempt(Base):
    """One time a delivery was sent: the answer's status or what went wrong, and how long it took; never changed."""

    __tablename__ = "webhook_attempt"
    __table_args__ = (Index("ix_webhook_attempt_delivery", "delivery_id", "id"),)
    id: Mapped[PrimaryKey]
    delivery_id: Mapped[int] = mapped_column(BigKey, ForeignKey(Delivery.id))
    at: Mapped[Moment]
    milliseconds: Mapped[int]
    answered: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(Text)
