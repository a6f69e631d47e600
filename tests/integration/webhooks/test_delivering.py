"""Events reach the endpoints that want them: signed, in order for each key, with an id that never changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import event, select
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from engine.clock import ReplayClock
from engine.storage.models import OutboxEvent
from tests.integration.webhooks.conftest import VAULT, Desk
from tests.integration.webhooks.receiver import Received, Receiver, Reply
from webhooks.endpoints import rotate_secret
from webhooks.models import DeliveryStatus, EndpointKind
from webhooks.transactions import writing


@pytest.fixture
def clock() -> ReplayClock:
    """Stands at the present: the library takes no signature older than five minutes."""
    return ReplayClock(datetime.now(UTC))


def test_an_endpoint_receives_what_it_wants_and_nothing_else(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/hazards", "hazard.*")
    desk.endpoint("/all", "*")
    desk.endpoint("/closed", "hazard.closed", "campaign.opened")
    for happening in ("hazard.registered", "hazard.closed", "task.created"):
        desk.happen(happening, key=happening)
    desk.dispatch_until_idle()
    arrived = {path: sorted(it.content["type"] for it in receiver.at(path)) for path in ("/hazards", "/all", "/closed")}
    assert arrived == {
        "/hazards": ["hazard.closed", "hazard.registered"],
        "/all": ["hazard.closed", "hazard.registered", "task.created"],
        "/closed": ["hazard.closed"],
    }


def test_an_event_that_nobody_wants_is_handed_on_all_the_same(desk: Desk) -> None:
    desk.happen()
    assert desk.dispatch().handed_on == 1
    assert desk.dispatch().is_idle
    with desk.database.reading() as session:
        assert session.scalars(select(OutboxEvent.delivered_at)).all() == [desk.clock.now()]


def test_a_message_says_what_happened_when_and_with_which_data(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/hook")
    known_as = desk.happen("hazard.closed", "H-1", 说明="已销号")
    desk.dispatch()
    [request] = receiver.received
    assert request.id == known_as
    assert request.headers["content-type"] == "application/json"
    assert request.content == {
        "type": "hazard.closed",
        "version": 1,
        "timestamp": desk.clock.now().isoformat(),
        "data": {"key": "H-1", "说明": "已销号"},
    }


def test_the_standard_library_of_webhooks_accepts_the_signature(desk: Desk, receiver: Receiver) -> None:
    secret = desk.secret(desk.endpoint("/hook"))
    desk.happen()
    desk.dispatch()
    [request] = receiver.received
    assert Webhook(secret).verify(request.body, request.headers)["type"] == "hazard.closed"
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(request.body + b" ", request.headers)


def test_both_secrets_sign_until_the_overlap_of_a_rotation_ends(desk: Desk, receiver: Receiver) -> None:
    endpoint = desk.endpoint("/hook")
    old = desk.secret(endpoint)
    with writing(desk.database, desk.clock) as uow:
        rotate_secret(uow, endpoint, VAULT, overlap=timedelta(minutes=2))
    new = desk.secret(endpoint)
    for wait in (timedelta(0), timedelta(minutes=2)):
        desk.happen()
        desk.dispatch(wait)
    during, after = receiver.received
    assert [_accepts(secret, during) for secret in (old, new)] == [True, True]
    assert [_accepts(secret, after) for secret in (old, new)] == [False, True]


def test_a_later_event_of_a_key_waits_until_the_earlier_one_is_delivered(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/hook")
    first, second, other = desk.happen(key="A"), desk.happen(key="A"), desk.happen(key="B")
    refusals = iter([Reply(500), Reply(500)])
    receiver.answers["/hook"] = lambda it: next(refusals, Reply()) if it.id == first else Reply()
    desk.dispatch_until_idle()
    order = [request.id for request in receiver.received]
    assert order.index(other) < 2
    assert [it for it in order if it != other] == [first, first, first, second]


def test_a_later_event_of_a_key_goes_on_when_the_earlier_one_is_dead(desk: Desk, receiver: Receiver) -> None:
    desk.patience(attempts=2)
    desk.endpoint("/hook")
    first, second = desk.happen(), desk.happen()
    receiver.answers["/hook"] = lambda it: Reply(500 if it.id == first else 200)
    desk.dispatch_until_idle()
    assert [request.id for request in receiver.received] == [first, first, second]
    assert [it.status for it in desk.deliveries()] == [DeliveryStatus.DEAD, DeliveryStatus.DELIVERED]


def test_an_endpoint_that_hangs_delays_no_other(desk: Desk, receiver: Receiver) -> None:
    desk.limits(silence_seconds=60, total_seconds=60)
    desk.endpoint("/slow", "slow.*", concurrency=64)
    desk.endpoint("/quick", "quick.*")
    receiver.answer("/slow", Reply(held=True))
    for n in range(20):
        desk.happen("slow.thing", key=f"S-{n}")
        desk.happen("quick.thing", key=f"Q-{n}")
    working = Thread(target=desk.dispatcher.dispatch, args=(Event(),))
    working.start()
    assert receiver.wait_for(20 + 4)
    assert (len(receiver.at("/slow")), len(receiver.at("/quick"))) == (4, 20)
    receiver.released.set()
    working.join()
    assert len(receiver.at("/slow")) == 20


def test_no_more_messages_are_under_way_to_an_endpoint_than_it_allows(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/hook", concurrency=3)
    for n in range(7):
        desk.happen(key=f"H-{n}")
    assert [desk.dispatch().delivered for _ in range(4)] == [3, 3, 1, 0]


def test_the_claim_of_a_node_that_died_runs_out(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/hook")
    known_as = desk.happen()
    _dies_while_settling(desk)
    assert desk.dispatch().is_idle
    assert desk.dispatch(desk.policy.lease + timedelta(seconds=1)).delivered == 1
    assert [request.id for request in receiver.received] == [known_as, known_as]


def test_a_node_that_comes_back_after_its_claim_ran_out_changes_nothing(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/hook")
    desk.happen()

    def overtaken(_request: Received) -> Reply:
        receiver.answers.clear()
        desk.clock.advance(desk.policy.lease + timedelta(seconds=1))
        assert desk.dispatcher.dispatch_once().delivered == 1
        return Reply(500)

    receiver.answers["/hook"] = overtaken
    desk.dispatch()
    [delivery] = desk.deliveries()
    assert delivery.status is DeliveryStatus.DELIVERED
    assert len(desk.attempts()) == 1


def _accepts(secret: str, request: Received) -> bool:
    try:
        Webhook(secret).verify(request.body, request.headers)
    except WebhookVerificationError:
        return False
    return True


def _dies_while_settling(desk: Desk) -> None:
    def die(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO webhook_attempt"):
            raise ConnectionError("the node is gone")

    event.listen(desk.database.engine, "before_cursor_execute", die)
    desk.dispatch()
    event.remove(desk.database.engine, "before_cursor_execute", die)


def test_an_endpoint_may_have_cloud_events(desk: Desk, receiver: Receiver) -> None:
    endpoint = desk.endpoint("/hook", kind=EndpointKind.CLOUD_EVENTS)
    event = desk.happen("hazard.closed", "H-1", by="xiaohao")
    assert desk.dispatch().delivered == 1
    [request] = receiver.received
    assert request.headers["content-type"] == "application/cloudevents+json"
    assert (request.content["specversion"], request.content["id"]) == ("1.0", event)
    assert (request.content["type"], request.content["subject"]) == ("hazard.closed", "H-1")
    assert request.content["source"] == "https://lookback.example"
    signature = Webhook(desk.secret(endpoint)).sign(event, desk.clock.now(), request.body.decode())
    assert request.headers["webhook-signature"] == signature
