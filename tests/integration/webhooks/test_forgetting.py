"""What was delivered long ago is forgotten, in batches; what was not stays until its own time is over."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from engine.storage.models import OutboxEvent
from tests.integration.webhooks.conftest import VAULT, Desk
from tests.integration.webhooks.receiver import Receiver, Reply
from webhooks.endpoints import disable, held_endpoint
from webhooks.forgetting import Retention, forget_calls, forget_events
from webhooks.incoming.admitting import record
from webhooks.incoming.hooks import add_hook
from webhooks.incoming.models import Action, IncomingCall
from webhooks.models import DeliveryStatus
from webhooks.transactions import writing

DAY = timedelta(days=1)
KEPT = Retention(arrived=30 * DAY, failed=90 * DAY, calls=30 * DAY)


def test_what_arrived_is_forgotten_with_its_attempts_and_what_is_younger_stays(desk: Desk) -> None:
    desk.endpoint("/hook")
    for n in range(5):
        desk.happen(key=f"H-{n}")
    desk.dispatch_until_idle()
    desk.clock.advance(20 * DAY)
    young = desk.happen(key="young")
    desk.dispatch_until_idle()
    assert _forget(desk) == 6
    desk.clock.advance(15 * DAY)
    assert _forget(desk) == 1
    assert (len(desk.deliveries()), len(desk.attempts())) == (1, 1)
    with desk.database.reading() as session:
        assert [str(it) for it in session.scalars(select(OutboxEvent.event_id))] == [young]


def test_what_was_given_up_or_waits_stays_until_its_own_time_is_over(desk: Desk, receiver: Receiver) -> None:
    desk.patience(attempts=1)
    endpoint = desk.endpoint("/hook", concurrency=1)
    receiver.answer("/hook", Reply(500))
    desk.happen(key="dead")
    desk.dispatch()
    desk.happen(key="waits")
    desk.dispatch()
    with writing(desk.database, desk.clock) as uow:
        disable(uow, held_endpoint(uow.session, endpoint), "a test")
    desk.dispatch()
    desk.clock.advance(60 * DAY)
    assert _forget(desk) == 2  # endpoint.disabled, which nobody wanted, is forgotten
    assert {it.status for it in desk.deliveries()} <= {DeliveryStatus.DEAD, DeliveryStatus.PENDING}
    desk.clock.advance(31 * DAY)
    assert _forget(desk) == 0
    assert desk.deliveries() == []


def test_what_nobody_has_handed_on_is_never_forgotten(desk: Desk) -> None:
    desk.happen()
    desk.clock.advance(1000 * DAY)
    assert _forget(desk) == 1


def test_old_calls_of_hooks_are_forgotten_in_batches(desk: Desk) -> None:
    with writing(desk.database, desk.clock) as uow:
        hook = add_hook(uow, VAULT, "hotline", Action.REGISTER, "anweiban").id
        for n in range(5):
            record(uow, hook, f"m-{n}", 202)
    desk.clock.advance(31 * DAY)
    with writing(desk.database, desk.clock) as uow:
        record(uow, hook, "young", 202)
        assert [forget_calls(uow, KEPT, limit=3) for _ in range(3)] == [3, 2, 0]
        assert uow.session.scalars(select(IncomingCall.message_id)).all() == ["young"]


def _forget(desk: Desk) -> int:
    """Forget with pages of two; returns how many events are left."""
    after: int | None = 0
    while after is not None:
        with writing(desk.database, desk.clock) as uow:
            after = forget_events(uow, KEPT, after=after, limit=2)
    with desk.database.reading() as session:
        return session.scalar(select(func.count()).select_from(OutboxEvent)) or 0
