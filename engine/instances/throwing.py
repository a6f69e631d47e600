"""Hands on what an instance threw: messages to whoever waits under the same business key, signals to all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import SignalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from sqlalchemy import CursorResult, insert, literal, select
from sqlalchemy.sql import Select

from engine.history import HistoryKind
from engine.runtime import UnitOfWork
from engine.storage.base import Json, UtcDateTime
from engine.storage.models import Instance, InstanceStatus, Job, JobKind, Subscription, SubscriptionKind

if TYPE_CHECKING:
    from engine.instances.steps import Step

KEYS_AT_ONCE = 500


def deliver_thrown(step: Step) -> None:
    """Queue for other instances what this one threw and did not catch itself."""
    for event in step.workflow.get_events():
        definition = event.event_definition
        payload: dict[str, Any] = event.payload or {}
        match definition:
            case MessageEventDefinition():
                kind = SubscriptionKind.MESSAGE
                queue(
                    step.uow,
                    kind,
                    definition.name,
                    payload,
                    business_key=step.instance.business_key,
                    besides=step.instance.id,
                )
            case SignalEventDefinition():
                kind = SubscriptionKind.SIGNAL
                queue(step.uow, kind, definition.name, payload, besides=step.instance.id)
            case _:
                continue
        step.note(HistoryKind.EVENT_THROWN, data={"kind": kind.value, "name": definition.name})
        step.tell(f"{kind.value}.thrown", {"name": definition.name, "payload": payload})


def queue(
    uow: UnitOfWork,
    kind: SubscriptionKind,
    name: str,
    payload: dict[str, Any],
    *,
    business_key: str | None = None,
    besides: int | None = None,
) -> int:
    """One job for each waiting instance, in one statement; returns how many."""
    waiting = _waiting(kind, name, None if business_key is None else [business_key], besides).subquery()
    content = {"kind": kind.value, "name": name, "payload": payload}
    columns = ["instance_id", "kind", "due_at", "payload", "attempts", "paused"]
    rows = select(
        waiting.c.instance_id,
        literal(JobKind.EVENT.value),
        literal(uow.now, UtcDateTime),
        literal(content, Json),
        literal(0),
        waiting.c.paused,
    )
    queued = insert(Job).from_select(columns, rows)
    result = cast("CursorResult[Any]", uow.session.execute(queued, execution_options={"preserve_rowcount": True}))
    return result.rowcount


def queue_each(uow: UnitOfWork, name: str, payloads: Mapping[str, dict[str, Any]]) -> frozenset[str]:
    """One job for each instance that waits for a message under one of these business keys, each with its own payload.

    Returns the keys under which somebody waits.
    """
    reached: set[str] = set()
    for keys in _chunks(payloads):
        rows = uow.session.execute(_waiting(SubscriptionKind.MESSAGE, name, keys)).all()
        reached.update(row.business_key for row in rows)
        if rows:
            uow.session.execute(insert(Job), [_message_job(uow, name, row, payloads[row.business_key]) for row in rows])
    return frozenset(reached)


def _chunks(keys: Iterable[str]) -> Iterator[list[str]]:
    left = iter(keys)
    while chunk := list(islice(left, KEYS_AT_ONCE)):
        yield chunk


def _message_job(uow: UnitOfWork, name: str, row: Any, payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "instance_id": row.instance_id,
        "kind": JobKind.EVENT,
        "due_at": uow.now,
        "payload": {"kind": SubscriptionKind.MESSAGE.value, "name": name, "payload": payload},
        "paused": row.paused,
    }


def _waiting(
    kind: SubscriptionKind, name: str, keys: Sequence[str] | None, besides: int | None = None
) -> Select[*tuple[Any, ...]]:
    """Who waits. The job of a suspended instance is paused with it, and done when it is resumed."""
    is_suspended = (Instance.status == InstanceStatus.SUSPENDED).label("paused")
    found = (
        select(Subscription.instance_id, Subscription.business_key, is_suspended)
        .join(Instance, Instance.id == Subscription.instance_id)
        .where(Subscription.kind == kind, Subscription.name == name)
        .where(Instance.status.in_([InstanceStatus.RUNNING, InstanceStatus.SUSPENDED]))
        .distinct()
        .order_by(Subscription.instance_id)
    )
    if keys is not None:
        found = found.where(Subscription.business_key.in_(keys))
    if besides is not None:
        found = found.where(Subscription.instance_id != besides)
    return found
