"""Writes what changed in one step: task, job, subscription and incident rows, and the listeners' word of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from engine.history import HistoryKind
from engine.instances.failures import failure_of
from engine.instances.user_tasks import Offer, offer
from engine.instances.waiting import AwaitedEvent, AwaitedTimer
from engine.storage.base import Base
from engine.storage.models import (
    NO_DUE_DATE,
    HistoryEvent,
    Incident,
    Job,
    JobKind,
    OutboxEvent,
    Subscription,
    TaskCandidate,
    TaskStatus,
    UserTask,
)

if TYPE_CHECKING:
    from engine.instances.steps import Step


def reached_tasks(step: Step) -> Iterator[Offer]:
    """The user tasks that the step's tokens came to, to be stored together with the instance."""
    for token in step.after.user_tasks.keys() - step.before.user_tasks.keys():
        yield offer(step.engine, step.instance, step.after.user_tasks[token])


def write_differences(steps: Sequence[Step], offers: Sequence[tuple[Step, Offer]]) -> None:
    """Bring the rows of one or many instances, already stored, in line with what they wait for now."""
    session = steps[0].uow.session
    for step in steps:
        _close_tasks(step)
        _drop_timers(step, step.before.timers - step.after.timers)
        _drop_subscriptions(step, step.before.events - step.after.events)
        _settle_incidents(step)
    _insert(session, TaskCandidate, (row for _, offered in offers for row in _candidates(offered)))
    _insert(session, Job, (_job(step, timer) for step in steps for timer in step.after.timers - step.before.timers))
    _insert(
        session,
        Subscription,
        (_subscription(step, event) for step in steps for event in step.after.events - step.before.events),
    )
    for step, offered in offers:
        _announce(step, offered)
    _insert(session, HistoryEvent, (row for step in steps for row in step.history))
    _insert(session, OutboxEvent, (row for step in steps for row in step.outbox))


def _announce(step: Step, offered: Offer) -> None:
    row = offered.row
    step.note(
        HistoryKind.TASK_CREATED,
        element_id=row.element_id,
        element_name=row.name,
        process_id=row.process_id,
        data={"task": row.id},
    )
    step.tell("task.created", _task_facts(row))
    for listener in step.uow.runtime.listeners:
        listener.task_created(step.uow, row, offered.data)


_INSERTS = {table: insert(table.__table__) for table in (TaskCandidate, Job, Subscription, HistoryEvent, OutboxEvent)}
_DROP_CANDIDATES = delete(TaskCandidate.__table__).where(TaskCandidate.task_id.in_(bindparam("tasks", expanding=True)))
_DROP_TIMER = delete(Job.__table__).where(
    Job.kind == JobKind.TIMER, Job.token == bindparam("of_token"), Job.element_id == bindparam("of_element")
)
_DROP_SUBSCRIPTION = delete(Subscription.__table__).where(
    Subscription.instance_id == bindparam("of_instance"),
    Subscription.token == bindparam("of_token"),
    Subscription.name == bindparam("of_name"),
)


def _insert(session: Session, table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Rows that nobody will touch again go past the ORM, in one statement."""
    values = list(rows)
    if values:
        session.connection().execute(_INSERTS[table], values)


def _candidates(offered: Offer) -> Iterable[dict[str, Any]]:
    for identity in offered.identities:
        yield {
            "task_id": offered.row.id,
            "identity": identity,
            "due_at": offered.row.due_at or NO_DUE_DATE,
            "held": offered.row.assignee is not None,
        }


def _close_tasks(step: Step) -> None:
    gone = step.before.user_tasks.keys() - step.after.user_tasks.keys()
    if not gone:
        return
    session = step.uow.session
    rows = _rows(step, gone)
    for row in rows:
        if row.status is TaskStatus.OPEN:
            _cancel(step, row)
    session.connection().execute(_DROP_CANDIDATES, {"tasks": [row.id for row in rows]})
    session.flush()
    for row in rows:
        for listener in step.uow.runtime.listeners:
            listener.task_ended(step.uow, row)


def _cancel(step: Step, row: UserTask) -> None:
    row.status = TaskStatus.CANCELLED
    row.completed_at = step.uow.now
    step.note(
        HistoryKind.TASK_CANCELLED,
        element_id=row.element_id,
        element_name=row.name,
        process_id=row.process_id,
        data={"task": row.id},
    )
    step.tell("task.cancelled", _task_facts(row))


def _rows(step: Step, tokens: set[UUID]) -> list[UserTask]:
    known = [step.finished] if step.finished is not None and step.finished.token in tokens else []
    unknown = tokens - {row.token for row in known}
    if not unknown:
        return known
    return known + list(step.uow.session.scalars(select(UserTask).where(UserTask.token.in_(unknown))))


def _drop_timers(step: Step, timers: Iterable[AwaitedTimer]) -> None:
    each = [{"of_token": timer.token, "of_element": timer.key} for timer in timers]
    if each:
        step.uow.session.connection().execute(_DROP_TIMER, each)


def _drop_subscriptions(step: Step, events: Iterable[AwaitedEvent]) -> None:
    each = [{"of_instance": step.instance.id, "of_token": event.token, "of_name": event.name} for event in events]
    if each:
        step.uow.session.connection().execute(_DROP_SUBSCRIPTION, each)


def _settle_incidents(step: Step) -> None:
    resolved = step.before.incidents.keys() - step.after.incidents.keys()
    if resolved:
        step.uow.session.execute(
            update(Incident)
            .where(Incident.token.in_(resolved), Incident.resolved_at.is_(None))
            .values(resolved_at=step.uow.now)
        )
    for token in step.retried & step.after.incidents.keys():
        _raise_again(step, token)
    for token in step.after.incidents.keys() - step.before.incidents.keys():
        _raise(step, token)


def _raise(step: Step, token: UUID) -> None:
    task = step.after.incidents[token]
    message = str((failure_of(task) or {}).get("message", ""))
    element_id = task.task_spec.bpmn_id
    step.uow.session.add(
        Incident(
            instance_id=step.instance.id, token=token, element_id=element_id, message=message, raised_at=step.uow.now
        )
    )
    step.note(
        HistoryKind.INCIDENT_RAISED,
        element_id=element_id,
        element_name=task.task_spec.bpmn_name,
        process_id=task.workflow.spec.name,
        data={"message": message},
    )
    step.tell("incident.raised", {"element": element_id, "message": message})


def _raise_again(step: Step, token: UUID) -> None:
    failure = failure_of(step.after.incidents[token]) or {}
    step.uow.session.execute(
        update(Incident)
        .where(Incident.token == token, Incident.resolved_at.is_(None))
        .values(message=str(failure.get("message", "")), attempts=Incident.attempts + 1)
    )


def _job(step: Step, timer: AwaitedTimer) -> dict[str, Any]:
    return {
        "instance_id": step.instance.id,
        "kind": JobKind.TIMER,
        "token": timer.token,
        "element_id": timer.key,
        "due_at": datetime.fromisoformat(timer.at),
        "payload": {},
        "attempts": 0,
        "paused": False,
    }


def _subscription(step: Step, event: AwaitedEvent) -> dict[str, Any]:
    return {
        "instance_id": step.instance.id,
        "kind": event.kind,
        "name": event.name,
        "business_key": step.instance.business_key,
        "correlation": {},
        "token": event.token,
        "element_id": event.element_id,
    }


def _task_facts(row: UserTask) -> dict[str, Any]:
    return {
        "task": row.id,
        "element": row.element_id,
        "name": row.name,
        "due_at": row.due_at.isoformat() if row.due_at else None,
    }
