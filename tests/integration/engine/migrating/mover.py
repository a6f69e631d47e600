"""Moves the instances of a player to a new version, as an operator and the background duty would."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event
from typing import Any

from sqlalchemy import select

from engine import migrating
from engine.definitions.library import latest
from engine.migrating import Deadlines, Migration, MigrationItem, Obstacle
from engine.runtime import Runtime


@dataclass
class Mover:
    """An operator at work; the process is `p` unless told otherwise."""

    runtime: Runtime
    process: str = "p"
    source: int = 0
    migration_id: int = field(default=0)

    def stand_on_newest(self) -> None:
        """The newest version is what instances will be moved from."""
        with self.runtime.reading() as uow:
            self.source = latest(uow.session, self.process).id

    def begin(self, mapping: dict[str, Any] | None = None) -> Migration:
        """A migration to the newest version, examined."""
        with self.runtime.unit_of_work() as uow:
            target = latest(uow.session, self.process).id
            begun = migrating.begin(uow, from_id=self.source, to_id=target, by="yunwei", mapping=mapping)
            self.migration_id = begun.id
        self.work()
        return self.migration()

    def move(self, mapping: dict[str, Any] | None = None, deadlines: Deadlines = Deadlines.KEEP) -> Migration:
        """Everything that can be moved is moved to the newest version."""
        self.begin(mapping)
        self.run(deadlines)
        return self.migration()

    def run(self, deadlines: Deadlines = Deadlines.KEEP) -> None:
        with self.runtime.unit_of_work() as uow:
            migration = migrating.migration_of(uow.session, self.migration_id)
            migrating.run(uow, migration, by="yunwei", deadlines=deadlines)
        self.work()

    def undo(self) -> Migration:
        with self.runtime.unit_of_work() as uow:
            migrating.undo(uow, migrating.migration_of(uow.session, self.migration_id), by="yunwei")
        self.work()
        return self.migration()

    def undo_one(self, instance_id: int) -> None:
        with self.runtime.unit_of_work() as uow:
            found = migrating.migration_of(uow.session, self.migration_id)
            migrating.undo_one(uow, found, instance_id, by="yunwei")

    def work(self) -> None:
        while migrating.work_on_next(self.runtime, Event()):
            pass

    def migration(self) -> Migration:
        with self.runtime.reading() as uow:
            return migrating.migration_of(uow.session, self.migration_id)

    def items(self) -> list[MigrationItem]:
        with self.runtime.reading() as uow:
            wanted = select(MigrationItem).where(MigrationItem.migration_id == self.migration_id)
            return list(uow.session.scalars(wanted.order_by(MigrationItem.instance_id)))

    def obstacles(self) -> list[Obstacle]:
        """What the preview says is in the way."""
        with self.runtime.reading() as uow:
            migration = migrating.migration_of(uow.session, self.migration_id)
            groups = migrating.groups_of(uow.session, migration, migrating.plan_of(uow.session, migration))
            return [obstacle for obstacle, _ in migrating.reasons(groups)]
