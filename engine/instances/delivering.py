"""Brings messages and signals to the instances that wait for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.util.event import BpmnEvent
from sqlalchemy import select

from engine.definitions.specs import BroadcastSignal, PayloadMessage
from engine.errors import NotFound
from engine.events import publish
from engine.history import HistoryKind
from engine.idempotency import once
from engine.instances.steps import Step, close_step, open_step
from engine.instances.throwing import queue, queue_each
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, InstanceStatus, Subscription, SubscriptionKind


def correlate_message(
    uow: UnitOfWork,
    name: str,
    payload: dict[str, Any],
    *,
    business_key: str,
    by: str,
    idempotency_key: str | None = None,
) -> Instance:
    """Give a message to the running instance of a business key that waits for it, and let it go on.

    The payload's names become variables. Raises NotFound when nobody waits.
    """

    def deliver() -> dict[str, Any]:
        step = open_step(uow, _addressee(uow, name, business_key), actor=by)
        receive(step, SubscriptionKind.MESSAGE, name, payload)
        close_step(step)
        return {"instance": step.instance.id}

    asked = {"name": name, "payload": payload, "business_key": business_key}
    done = once(uow, idempotency_key, "correlate", asked, deliver)
    return uow.session.get_one(Instance, done["instance"])


def send_to_many(uow: UnitOfWork, name: str, payloads: Mapping[str, dict[str, Any]]) -> frozenset[str]:
    """Send a message to all who wait for it under these business keys, each with its own payload.

    Each instance gets its own job, done by the next sweeps, so a hundred thousand cost the sender a few statements.
    Returns the keys under which somebody waits.
    """
    return queue_each(uow, name, payloads)


def broadcast_signal(
    uow: UnitOfWork, name: str, payload: dict[str, Any], *, by: str, idempotency_key: str | None = None
) -> int:
    """Send a signal to every instance that waits for it; each gets its own job, done by the next sweeps.

    Returns how many will receive it.
    """

    def send() -> dict[str, Any]:
        reached = queue(uow, SubscriptionKind.SIGNAL, name, payload)
        publish(uow, "signal.sent", name, {"name": name, "by": by, "reached": reached})
        return {"reached": reached}

    asked = {"name": name, "payload": payload, "by": by}
    return once(uow, idempotency_key, "broadcast", asked, send)["reached"]


def receive(step: Step, kind: SubscriptionKind, name: str, payload: dict[str, Any]) -> bool:
    """Let an opened instance catch an event and run on; False when it no longer waits for it."""
    if not any(event.kind is kind and event.name == name for event in step.before.events):
        return False
    definition = PayloadMessage(name, [], None) if kind is SubscriptionKind.MESSAGE else BroadcastSignal(name)
    step.note(HistoryKind.EVENT_RECEIVED, data={"kind": kind.value, "name": name})
    step.workflow.event_manager.catch(BpmnEvent(definition, payload=payload), internal=False)
    step.run()
    return True


def _addressee(uow: UnitOfWork, name: str, business_key: str) -> int:
    waiting = (
        select(Subscription.instance_id)
        .join(Instance, Instance.id == Subscription.instance_id)
        .where(
            Subscription.kind == SubscriptionKind.MESSAGE,
            Subscription.name == name,
            Subscription.business_key == business_key,
            Instance.status == InstanceStatus.RUNNING,
        )
        .order_by(Subscription.instance_id)
        .limit(1)
    )
    instance_id = uow.session.scalar(waiting)
    if instance_id is None:
        raise NotFound("instance waiting for message", f"{name} of {business_key}")
    return instance_id
