"""The versions between which instances can be moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from engine.migrating import Migration
from engine.runtime import UnitOfWork
from engine.storage.models import Deployment, Instance, InstanceStatus, ProcessDefinition


@dataclass(frozen=True)
class Version:
    """A version of a process with how many instances run on it."""

    id: int
    version: int
    running: int
    deployed_at: datetime
    comment: str


def versions_to_choose(uow: UnitOfWork, process_id: str) -> Sequence[Version]:
    """Every version of a process, the newest first."""
    running = (
        select(Instance.definition_id, func.count().label("running"))
        .where(
            Instance.process_id == process_id, Instance.status.in_([InstanceStatus.RUNNING, InstanceStatus.SUSPENDED])
        )
        .group_by(Instance.definition_id)
        .subquery()
    )
    wanted = (
        select(ProcessDefinition.id, ProcessDefinition.version, func.coalesce(running.c.running, 0).label("running"))
        .add_columns(Deployment.deployed_at, Deployment.comment)
        .join(Deployment, Deployment.id == ProcessDefinition.deployment_id)
        .outerjoin(running, running.c.definition_id == ProcessDefinition.id)
        .where(ProcessDefinition.process_id == process_id)
        .order_by(ProcessDefinition.version.desc())
    )
    return [Version(*row) for row in uow.session.execute(wanted)]


def busiest_but_newest(versions: Sequence[Version]) -> int | None:
    """The older version on which most instances run: what people most likely came to move."""
    older = [each for each in versions[1:] if each.running]
    return max(older, key=lambda each: each.running).id if older else None


def definitions_of(uow: UnitOfWork, migrations: Iterable[Migration]) -> dict[int, ProcessDefinition]:
    """The definitions that migrations lead from and to, by number."""
    wanted = {number for each in migrations for number in (each.from_id, each.to_id)}
    rows = uow.session.scalars(select(ProcessDefinition).where(ProcessDefinition.id.in_(wanted)))
    return {row.id: row for row in rows}
