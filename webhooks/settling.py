"""Writes down what came of an attempt: for the delivery, when it is tried again; for the endpoint, whether it rests."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from sqlalchemy import select

from engine.events import Transaction
from webhooks.answers import Answer, Verdict
from webhooks.claiming import Claim
from webhooks.endpoints import disable, held_endpoint
from webhooks.models import Attempt, Delivery, DeliveryStatus, Endpoint
from webhooks.policy import Patience
from webhooks.transitions import end
from webhooks.waits import bounded_wait, wait_after


def settle(uow: Transaction, claim: Claim, answer: Answer, patience: Patience, random: Random) -> None:
    """Record an attempt and its consequences; nothing when the claim ran out and the delivery is another node's."""
    endpoint = held_endpoint(uow.session, claim.endpoint_id)
    held = select(Delivery).where(Delivery.id == claim.delivery_id, Delivery.claim == claim.hold).with_for_update()
    delivery = uow.session.scalar(held)
    if delivery is None:
        return
    uow.session.add(_attempt(uow, delivery, answer))
    delivery.attempts += 1
    delivery.claim = delivery.claimed_until = None
    match answer.verdict:
        case Verdict.DELIVERED:
            end(delivery, DeliveryStatus.DELIVERED, uow.now)
            endpoint.failures, endpoint.failing_since, endpoint.paused_until = 0, None, None
        case Verdict.UNSENDABLE:
            end(delivery, DeliveryStatus.DEAD, uow.now)
        case Verdict.UNWANTED:
            end(delivery, DeliveryStatus.UNWANTED, uow.now)
        case Verdict.GONE:
            end(delivery, DeliveryStatus.DEAD, uow.now)
            _switch_off(uow, endpoint, f"it is gone: {answer.error}")
        case Verdict.FAILED:
            _try_again(uow, delivery, answer, patience, random)
            _note_failure(uow, endpoint, answer, patience)


def _attempt(uow: Transaction, delivery: Delivery, answer: Answer) -> Attempt:
    return Attempt(
        delivery_id=delivery.id,
        at=uow.now,
        milliseconds=answer.took // timedelta(milliseconds=1),
        answered=answer.status,
        error=answer.error,
    )


def _try_again(uow: Transaction, delivery: Delivery, answer: Answer, patience: Patience, random: Random) -> None:
    if delivery.attempts >= patience.attempts:
        end(delivery, DeliveryStatus.DEAD, uow.now)
        return
    drawn = wait_after(delivery.attempts, patience, random)
    delivery.due_at = uow.now + max(drawn, bounded_wait(answer.retry_after, patience, uow.now))


def _note_failure(uow: Transaction, endpoint: Endpoint, answer: Answer, patience: Patience) -> None:
    endpoint.failures += 1
    since = endpoint.failing_since = endpoint.failing_since or uow.now
    rest = bounded_wait(answer.retry_after, patience, uow.now)
    keeps_failing = endpoint.failures >= patience.failures_to_pause
    if keeps_failing:
        rest = max(rest, patience.pause)
    if rest:
        endpoint.paused_until = max(uow.now + rest, endpoint.paused_until or uow.now)
    if keeps_failing and uow.now - since >= patience.disable_after:
        _switch_off(uow, endpoint, f"nothing has reached it since {since.isoformat()}")


def _switch_off(uow: Transaction, endpoint: Endpoint, because: str) -> None:
    if endpoint.disabled_at is None:
        disable(uow, endpoint, because)
