"""Finds out what moving a token would do, by doing it in a transaction that is never committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from engine.instances.repair import move_token
from engine.runtime import Runtime, UnitOfWork
from engine.storage.models import Incident, Instance, InstanceStatus, Job, JobKind, Subscription, TaskStatus, UserTask
from engine.tasks.preview import PATIENCE


@dataclass(frozen=True)
class Moved:
    """What a move would open and what it would end; `failures` are what service tasks would stumble over."""

    opened: tuple[str, ...]
    cancelled: tuple[str, ...]
    timers_set: tuple[datetime, ...]
    timers_dropped: int
    awaited: tuple[str, ...]
    no_longer_awaited: tuple[str, ...]
    failures: tuple[str, ...]
    has_ended: bool


@dataclass(frozen=True)
class _Rows:
    """What an instance waits for, by row."""

    tasks: dict[int, str]
    timers: dict[int, datetime]
    events: dict[int, str]
    failures: dict[int, str]


def preview_move(
    runtime: Runtime,
    instance_id: int,
    *,
    token: UUID,
    to_element: str,
    by: str,
    expected_version: int | None,
    patience: timedelta = PATIENCE,
) -> Moved:
    """Move a token for the look of it. Raises what `move_token` raises, and ConcurrentChange beyond `patience`."""
    with runtime.database.trying(patience) as session:
        uow = UnitOfWork(runtime, session, runtime.clock.now())
        before = _rows(uow, instance_id)
        move_token(
            uow,
            instance_id,
            token=token,
            to_element=to_element,
            reason="preview",
            by=by,
            expected_version=expected_version,
        )
        session.flush()
        return _difference(uow, instance_id, before, _rows(uow, instance_id))


def _rows(uow: UnitOfWork, instance_id: int) -> _Rows:
    of = uow.session.execute
    tasks = select(UserTask.id, UserTask.name).where(UserTask.instance_id == instance_id)
    timers = select(Job.id, Job.due_at).where(Job.instance_id == instance_id, Job.kind == JobKind.TIMER)
    events = select(Subscription.id, Subscription.name).where(Subscription.instance_id == instance_id)
    failures = select(Incident.id, Incident.message).where(Incident.instance_id == instance_id)
    return _Rows(
        dict(of(tasks.where(UserTask.status == TaskStatus.OPEN)).all()),
        dict(of(timers).all()),
        dict(of(events).all()),
        dict(of(failures.where(Incident.resolved_at.is_(None))).all()),
    )


def _difference(uow: UnitOfWork, instance_id: int, before: _Rows, after: _Rows) -> Moved:
    status = uow.session.scalar(select(Instance.status).where(Instance.id == instance_id))
    return Moved(
        opened=_gone(after.tasks, before.tasks),
        cancelled=_gone(before.tasks, after.tasks),
        timers_set=tuple(at for row, at in after.timers.items() if row not in before.timers),
        timers_dropped=len(before.timers.keys() - after.timers.keys()),
        awaited=_gone(after.events, before.events),
        no_longer_awaited=_gone(before.events, after.events),
        failures=_gone(after.failures, before.failures),
        has_ended=status is InstanceStatus.COMPLETED,
    )


def _gone(these: dict[int, str], those: dict[int, str]) -> tuple[str, ...]:
    return tuple(name for row, name in these.items() if row not in those)
