"""Writes what changed in one step: task, job, subscription and incident rows, and the listeners' word of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from engine.history import HistoryKind
from engine.instances.incidents import settle_incidents
from engine.instances.substitutes import exclude_represented
from engine.instances.user_tasks import Offer, offer
from engine.instances.waiting import AwaitedEvent, AwaitedTimer
from engine.storage.base import table_of
from engine.storage.bulk import insert_rows, one_round_trip
from engine.storage.models import (
    NO_DUE_DATE,
    HistoryEvent,
    Job,
    JobKind,
    OutboxEvent,
    Subscription,
    TaskCandidate,
    TaskStatus,
    UserTask,
)
from engine.storage.rows import update_row

if TYPE_CHECKING:
    from engine.instances.steps import Step


def reached_tasks(step: Step) -> Iterator[Offer]:
    """The user tasks that the step's tokens came to, to be stored together with the instance."""
    for token in step.after.user_tasks.keys() - step.before.user_tasks.keys():
        offered = offer(step.engine, step.instance, step.after.user_tasks[token])
        exclude_represented(step, offered.row)
        yield offered


def write_differences(steps: Sequence[Step], offers: Sequence[tuple[Step, Offer]]) -> None:
    """Bring the rows of one or many instances, already stored, in line with what they wait for now."""
    session = steps[0].uow.session
    ended = [row for step in steps for row in _close_tasks(step)]
    for step in steps:
        settle_incidents(step)
    for step, offered in offers:
        _announce(step, offered)
    with one_round_trip(session) if len(steps) == 1 else nullcontext():
        for row in [*(step.instance for step in steps), *ended]:
            update_row(session, row)
        if ended:
            session.connection().execute(_DROP_CANDIDATES, {"tasks": [row.id for row in ended]})
        for step in steps:
            _drop_timers(step, step.before.timers - step.after.timers)
            _drop_subscriptions(step, step.before.events - step.after.events)
        insert_rows(session, TaskCandidate, [row for _, offered in offers for row in _candidates(offered)])
        insert_rows(session, Job, [_job(step, it) for step in steps for it in step.after.timers - step.before.timers])
        insert_rows(
            session,
            Subscription,
            [_subscription(step, event) for step in steps for event in step.after.events - step.before.events],
        )
        insert_rows(session, HistoryEvent, [row for step in steps for row in step.history])
        insert_rows(session, OutboxEvent, [row for step in steps for row in step.outbox])


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


_BY_TOKEN = select(UserTask).where(UserTask.token.in_(bindparam("tokens", expanding=True))).with_for_update()
_DROP_CANDIDATES = delete(table_of(TaskCandidate)).where(TaskCandidate.task_id.in_(bindparam("tasks", expanding=True)))
_DROP_TIMER = delete(table_of(Job)).where(
    Job.kind == JobKind.TIMER, Job.token == bindparam("of_token"), Job.element_id == bindparam("of_element")
)
_DROP_SUBSCRIPTION = delete(table_of(Subscription)).where(
    Subscription.instance_id == bindparam("of_instance"),
    Subscription.token == bindparam("of_token"),
    Subscription.name == bindparam("of_name"),
)


def _candidates(offered: Offer) -> Iterable[dict[str, Any]]:
    for identity in offered.identities:
        yield {
            "task_id": offered.row.id,
            "identity": identity,
            "due_at": offered.row.due_at or NO_DUE_DATE,
            "held": offered.row.assignee is not None,
        }


def _close_tasks(step: Step) -> list[UserTask]:
    gone = step.before.user_tasks.keys() - step.after.user_tasks.keys()
    rows = _rows(step, gone) if gone else []
    for row in rows:
        if row.status is TaskStatus.OPEN:
            _cancel(step, row)
    for row in rows:
        for listener in step.uow.runtime.listeners:
            listener.task_ended(step.uow, row)
    return rows


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
    return known + list(step.uow.session.scalars(_BY_TOKEN, {"tokens": unknown}))


def _drop_timers(step: Step, timers: Iterable[AwaitedTimer]) -> None:
    each = [{"of_token": timer.token, "of_element": timer.key} for timer in timers]
    if each:
        step.uow.session.connection().execute(_DROP_TIMER, each)


def _drop_subscriptions(step: Step, events: Iterable[AwaitedEvent]) -> None:
    each = [{"of_instance": step.instance.id, "of_token": event.token, "of_name": event.name} for event in events]
    if each:
        step.uow.session.connection().execute(_DROP_SUBSCRIPTION, each)


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
        "process_id": event.process_id,
        "element_id": event.element_id,
    }


def _task_facts(row: UserTask) -> dict[str, Any]:
    return {
        "task": row.id,
        "element": row.element_id,
        "name": row.name,
        "due_at": row.due_at.isoformat() if row.due_at else None,
    }
