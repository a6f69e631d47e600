"""The engine under measurement, on the same diagram and database as the peer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine import instances, jobs, tasks
from engine.clock import ReplayClock
from engine.definitions import deploy
from engine.runtime import Runtime
from engine.storage.database import Database
from engine.storage.models import TaskStatus, UserTask

STARTS = datetime(2022, 11, 8, 1, tzinfo=UTC)
WORKER = tasks.Actor("bench", frozenset({"responsible_person@7", "unit_leader@7", "inspector@7", "closer@7"}))


class Subject:
    """Our engine as the web would use it: one unit of work for each request."""

    def __init__(self, database: Database, diagram: Path, process_id: str) -> None:
        self.clock = ReplayClock(STARTS)
        self.runtime = Runtime(database, self.clock)
        self._process_id = process_id
        with self.runtime.unit_of_work() as uow:
            deploy(uow, {diagram.name: diagram.read_bytes()}, by="bench")

    def start(self, items: Sequence[dict[str, Any]]) -> list[int]:
        with self.runtime.unit_of_work() as uow:
            keyed = [(f"H-{number}", data) for number, data in enumerate(items)]
            return [each.id for each in instances.start_many(uow, self._process_id, keyed, by="bench")]

    def open_task(self, instance_id: int) -> int:
        with self.runtime.reading() as uow:
            found = select(UserTask.id).where(UserTask.instance_id == instance_id, UserTask.status == TaskStatus.OPEN)
            return uow.session.scalars(found).one()

    def complete(self, task_id: int, data: dict[str, Any]) -> None:
        with self.runtime.unit_of_work() as uow:
            tasks.complete(uow, task_id, WORKER, data)

    def fire_all(self, after: timedelta) -> int:
        self.clock.advance(after)
        return jobs.drain(self.runtime)
