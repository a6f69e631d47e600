"""Writes down what came of attempts: for a delivery, when it is tried again; for its endpoint, whether it rests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.events import Transaction
from webhooks.answers import Answer, Verdict
from webhooks.claiming import Claim
from webhooks.endpoints import disable, held_endpoint
from webhooks.models import Attempt, Delivery, DeliveryStatus, Endpoint
from webhooks.policy import Patience
from webhooks.transitions import end
from webhooks.waits import bounded_wait, wait_after

Settled = tuple[Claim, Answer]


def settle(uow: Transaction, settled: Sequence[Settled], patience: Patience, random: Random) -> None:
    """Record attempts and their consequences; nothing for a claim that ran out and whose delivery is another node's.

    Each endpoint is held once, in the order of their numbers, as every node does.
    """
    for endpoint_id in sorted({claim.endpoint_id for claim, _ in settled}):
        endpoint = held_endpoint(uow.session, endpoint_id)
        answers = {claim.delivery_id: (claim, answer) for claim, answer in settled if claim.endpoint_id == endpoint_id}
        for delivery in _held(uow.session, answers):
            claim, answer = answers[delivery.id]
            if delivery.claim == claim.hold:
                _settle(uow, endpoint, delivery, answer, patience, random)


def _held(session: Session, ids: Iterable[int]) -> Sequence[Delivery]:
    wanted = select(Delivery).where(Delivery.id.in_(ids)).order_by(Delivery.id)
    return session.scalars(wanted.with_for_update().execution_options(populate_existing=True)).all()


def _settle(
    uow: Transaction, endpoint: Endpoint, delivery: Delivery, answer: Answer, patience: Patience, random: Random
) -> None:
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
