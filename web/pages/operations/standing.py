"""Where instances stand, many at once: the names of their open tasks, and how many of their steps failed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from engine.runtime import UnitOfWork
from engine.storage.models import Incident, TaskStatus, UserTask


@dataclass
class Standing:
    """What an instance waits for, as far as people see it."""

    tasks: list[str] = field(default_factory=list[str])
    failed: int = 0


def standings_of(uow: UnitOfWork, ids: Sequence[int]) -> Mapping[int, Standing]:
    """The standing of each of these instances."""
    found: dict[int, Standing] = defaultdict(Standing)
    open_tasks = select(UserTask.instance_id, UserTask.name).where(
        UserTask.instance_id.in_(ids), UserTask.status == TaskStatus.OPEN
    )
    for instance_id, name in uow.session.execute(open_tasks.order_by(UserTask.id)):
        if name not in found[instance_id].tasks:
            found[instance_id].tasks.append(name)
    unresolved = select(Incident.instance_id, func.count()).where(
        Incident.instance_id.in_(ids), Incident.resolved_at.is_(None)
    )
    for instance_id, number in uow.session.execute(unresolved.group_by(Incident.instance_id)):
        found[instance_id].failed = number
    return {instance_id: found[instance_id] for instance_id in ids}
