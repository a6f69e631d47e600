"""Plays a diagram through the public API, with a fresh unit of work for each step, as separate requests would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from engine import instances, jobs, tasks
from engine.clock import ReplayClock
from engine.definitions import deploy
from engine.runtime import Runtime
from engine.storage.models import Incident, Instance, InstanceStatus, TaskStatus, UserTask
from tests.diagrams import ANYTHING


@dataclass
class Player:
    """One instance under play; everybody acts as `ann` unless told otherwise."""

    runtime: Runtime
    clock: ReplayClock
    instance_id: int = 0

    def deploy(self, diagram: bytes, **more: bytes) -> None:
        files = {
            "diagram.bpmn": diagram,
            "anything.form": ANYTHING,
            **{k.replace("_", "."): v for k, v in more.items()},
        }
        with self.runtime.unit_of_work() as uow:
            deploy(uow, files, by="designer")

    def start(self, process_id: str = "p", key: str = "H-1", **data: Any) -> Player:
        with self.runtime.unit_of_work() as uow:
            self.instance_id = instances.start(uow, process_id, data, business_key=key, by="ann").id
        return self

    def complete(self, element_id: str, by: str = "ann", groups: frozenset[str] = frozenset(), **data: Any) -> None:
        task = self.task(element_id)
        with self.runtime.unit_of_work() as uow:
            tasks.complete(uow, task.id, tasks.Actor(by, groups), data)

    def task(self, element_id: str) -> UserTask:
        return next(task for task in self.open_tasks() if task.element_id == element_id)

    def open_tasks(self) -> list[UserTask]:
        with self.runtime.reading() as uow:
            found = select(UserTask).where(UserTask.instance_id == self.instance_id, UserTask.status == TaskStatus.OPEN)
            return list(uow.session.scalars(found.order_by(UserTask.id)))

    def waits_at(self) -> list[str]:
        return sorted(task.element_id for task in self.open_tasks())

    def message(self, name: str, key: str = "H-1", **payload: Any) -> None:
        with self.runtime.unit_of_work() as uow:
            instances.correlate_message(uow, name, payload, business_key=key, by="ann")

    def signal(self, name: str, **payload: Any) -> int:
        with self.runtime.unit_of_work() as uow:
            reached = instances.broadcast_signal(uow, name, payload, by="ann")
        jobs.drain(self.runtime)
        return reached

    def pass_time(self, **duration: float) -> int:
        self.clock.advance(timedelta(**duration))
        return jobs.drain(self.runtime)

    def incidents(self) -> list[Incident]:
        with self.runtime.reading() as uow:
            found = select(Incident).where(Incident.instance_id == self.instance_id, Incident.resolved_at.is_(None))
            return list(uow.session.scalars(found))

    @property
    def data(self) -> dict[str, Any]:
        with self.runtime.reading() as uow:
            return instances.read_data(uow, self.instance_id)

    @property
    def status(self) -> InstanceStatus:
        with self.runtime.reading() as uow:
            return uow.session.get_one(Instance, self.instance_id).status

    def passed(self) -> list[str]:
        """The diagram elements completed so far, in order."""
        with self.runtime.reading() as uow:
            path = instances.path_of(uow, self.instance_id)
        return [step.element_id for step in path if step.kind == "element_completed" and step.element_id]
