"""The tables of migrations: a migration, the positions found, the instances one by one, the states kept for undo."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.migrating.states import Deadlines, ItemState, MigrationState
from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum

IS_PENDING = "state = 'pending'"
"""The condition of the index over instances still to be moved; a query must say it in the same words."""


class Migration(Base):
    """Running instances of one process, to be moved from one deployment to another with all the processes it calls.

    `mapping` holds what was decided by hand: for each process or subprocess, old element id → new one, or null for
    none. `examined` is how many instances the examination has looked at and `last_seen` the number of the last of
    them; the other counts are those of the items in each state. `claimed_until` is as in every job: who finds it past
    may go on with the work.
    """

    __tablename__ = "migration"
    __table_args__ = (Index("ix_migration_state", "state", "claimed_until", "id"),)
    id: Mapped[PrimaryKey]
    process_id: Mapped[Name]
    from_id: Mapped[int] = mapped_column(BigKey, ForeignKey("process_definition.id"), index=True)
    to_id: Mapped[int] = mapped_column(BigKey, ForeignKey("process_definition.id"), index=True)
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    deadlines: Mapped[Deadlines] = mapped_column(text_enum(Deadlines), default=Deadlines.KEEP)
    state: Mapped[MigrationState] = mapped_column(text_enum(MigrationState))
    claimed_until: Mapped[datetime | None]
    total: Mapped[int] = mapped_column(default=0)
    examined: Mapped[int] = mapped_column(default=0)
    last_seen: Mapped[int] = mapped_column(BigKey, default=0)
    moved: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    passed_over: Mapped[int] = mapped_column(default=0)
    undone: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(500), default="")
    begun_by: Mapped[Name]
    begun_at: Mapped[Moment]
    acted_by: Mapped[Name]
    finished_at: Mapped[datetime | None]
    said: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__: ClassVar = {"version_id_col": version}


class MigrationGroup(Base):
    """Instances of a migration that stand alike: the same tokens at the same elements, and nothing else told apart.

    `position` is what `engine.migrating.positions` made of the first of them, `digest` its SHA-256.
    """

    __tablename__ = "migration_group"
    __table_args__ = (Index("uq_migration_group_digest", "migration_id", "digest", unique=True),)
    id: Mapped[PrimaryKey]
    migration_id: Mapped[int] = mapped_column(BigKey, ForeignKey("migration.id"))
    digest: Mapped[str] = mapped_column(String(64))
    position: Mapped[dict[str, Any]]
    count: Mapped[int] = mapped_column(default=0)


class MigrationItem(Base):
    """One instance of a migration. `obstacles` says why it was not moved; `version_after` is the instance's version
    when it was, by which one knows whether it has taken a step since.
    """

    __tablename__ = "migration_item"
    __table_args__ = (
        Index("uq_migration_item_instance", "migration_id", "instance_id", unique=True),
        Index("ix_migration_item_state", "migration_id", "state", "instance_id"),
        Index("ix_migration_item_group", "group_id", "instance_id"),
        Index("ix_migration_item_of_instance", "instance_id"),
        Index(
            "ix_migration_item_pending",
            "migration_id",
            "attempts",
            "instance_id",
            postgresql_where=text(IS_PENDING),
            sqlite_where=text(IS_PENDING),
        ),
    )
    id: Mapped[PrimaryKey]
    migration_id: Mapped[int] = mapped_column(BigKey, ForeignKey("migration.id"))
    instance_id: Mapped[int] = mapped_column(BigKey, ForeignKey("instance.id"))
    group_id: Mapped[int] = mapped_column(BigKey, ForeignKey("migration_group.id"))
    state: Mapped[ItemState] = mapped_column(text_enum(ItemState), default=ItemState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    obstacles: Mapped[list[Any]] = mapped_column(default=list)
    version_after: Mapped[int | None]
    at: Mapped[datetime | None]


class KeptState(Base):
    """What a moved instance was before, so that the move can be undone until its next step; dropped after a while."""

    __tablename__ = "kept_state"
    __table_args__ = (Index("ix_kept_state_kept_at", "kept_at"),)
    item_id: Mapped[int] = mapped_column(BigKey, ForeignKey("migration_item.id"), primary_key=True, autoincrement=False)
    definition_id: Mapped[int] = mapped_column(BigKey, ForeignKey("process_definition.id"))
    content_hash: Mapped[str] = mapped_column(String(64))
    state: Mapped[bytes] = mapped_column(LargeBinary)
    tasks: Mapped[dict[str, Any]]
    kept_at: Mapped[Moment]
