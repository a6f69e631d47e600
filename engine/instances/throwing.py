"""Hands on what an instance threw: messages to whoever waits under the same business key, signals to all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import SignalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from sqlalchemy import insert, literal, select
from sqlalchemy.sql import Select

from engine.history import HistoryKind
from engine.runtime import UnitOfWork
from engine.storage.base import Json, UtcDateTime
from engine.storage.models import Instance, InstanceStatus, Job, JobKind, Subscription, SubscriptionKind

if TYPE_CHECKING:
    from engine.instances.steps import Step


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
    waiting = _waiting(kind, name, business_key, besides)
    content = {"kind": kind.value, "name": name, "payload": payload}
    columns = ["instance_id", "kind", "due_at", "payload", "attempts", "paused"]
    rows = select(
        waiting.c.instance_id,
        literal(JobKind.EVENT.value),
        literal(uow.now, UtcDateTime),
        literal(content, Json),
        literal(0),
        literal(False),
    )
    queued = insert(Job).from_select(columns, rows)
    result = uow.session.execute(queued, execution_options={"preserve_rowcount": True})
    return int(result.rowcount)


def _waiting(kind: SubscriptionKind, name: str, business_key: str | None, besides: int | None) -> Any:
    found: Select[Any] = (
        select(Subscription.instance_id)
        .join(Instance, Instance.id == Subscription.instance_id)
        .where(Subscription.kind == kind, Subscription.name == name)
        .where(Instance.status.in_([InstanceStatus.RUNNING, InstanceStatus.SUSPENDED]))
        .distinct()
        .order_by(Subscription.instance_id)
    )
    if business_key is not None:
        found = found.where(Subscription.business_key == business_key)
    if besides is not None:
        found = found.where(Subscription.instance_id != besides)
    return found.subquery()
