"""What an endpoint can do wrong, and what becomes of its messages."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.integration.webhooks.conftest import VAULT, Desk
from tests.integration.webhooks.receiver import Receiver, Reply
from webhooks.endpoints import disable, enable, held_endpoint
from webhooks.errors import UnknownRecord, WrongStatus
from webhooks.models import DeliveryStatus, EndpointKind
from webhooks.pinging import ping
from webhooks.replaying import dead_letters, replay, replay_range
from webhooks.transactions import writing

SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))


@pytest.mark.parametrize(
    ("reply", "status", "error"),
    [
        (Reply(500, body=b"out of order"), 500, "answered 500: out of order"),
        (Reply(404), 404, "answered 404"),
        (Reply(0), None, "RemoteDisconnected"),
        (Reply(302, {"location": "/elsewhere"}), 302, "answered 302"),
    ],
)
def test_a_failure_is_recorded_and_tried_again(
    desk: Desk, receiver: Receiver, reply: Reply, status: int | None, error: str
) -> None:
    desk.endpoint("/hook")
    desk.happen()
    receiver.answer("/hook", reply)
    assert desk.dispatch().failed == 1
    receiver.answers.clear()
    assert desk.dispatch(MINUTE).delivered == 1
    first, second = desk.attempts()
    assert first.answered == status
    assert error in str(first.error)
    assert second.answered == 204


def test_a_redirect_is_not_followed(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/hook")
    desk.happen()
    receiver.answer("/hook", Reply(302, {"location": receiver.url("/elsewhere")}))
    desk.dispatch()
    assert [request.path for request in receiver.received] == ["/hook"]


def test_an_endpoint_that_says_nothing_is_given_up_after_a_while(desk: Desk, receiver: Receiver) -> None:
    desk.limits(silence_seconds=0.2)
    desk.endpoint("/hook")
    desk.happen()
    receiver.answer("/hook", Reply(held=True))
    assert desk.dispatch().failed == 1
    [attempt] = desk.attempts()
    assert "timed out" in str(attempt.error)


def test_an_answer_is_read_no_further_than_its_limit(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/hook")
    desk.happen()
    receiver.answer("/hook", Reply(500, body=b"x" * 5_000_000))
    desk.dispatch()
    [attempt] = desk.attempts()
    assert len(str(attempt.error)) <= 500


def test_a_message_that_is_too_large_is_dead_at_once(desk: Desk, receiver: Receiver) -> None:
    desk.limits(request_bytes=2000)
    desk.endpoint("/hook")
    desk.happen(text="x" * 2000)
    desk.dispatch()
    [delivery], [attempt] = desk.deliveries(), desk.attempts()
    assert delivery.status is DeliveryStatus.DEAD
    assert "webhooks.request_bytes" in str(attempt.error)
    assert receiver.received == []


def test_each_wait_is_drawn_below_a_bound_that_doubles(desk: Desk, receiver: Receiver) -> None:
    desk.patience(attempts=8, failures_to_pause=99, longest_wait=2 * MINUTE)
    desk.endpoint("/hook")
    desk.happen()
    receiver.answer("/hook", Reply(500))
    waits = [_wait_after_failure(desk) for _ in range(7)]
    bounds = [min(5 * SECOND * 2**n, 2 * MINUTE) for n in range(7)]
    assert all(timedelta(0) < wait < bound for wait, bound in zip(waits, bounds, strict=True))
    assert len(set(waits)) == 7


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_honoured_and_bounded(desk: Desk, receiver: Receiver, as_date: bool) -> None:
    endpoint = desk.endpoint("/hook")
    desk.happen()
    asked: list[timedelta] = []
    for asked_wait, kept in ((HOUR, HOUR), (30 * DAY, 12 * HOUR)):
        now = desk.clock.now()
        until = format_datetime(now + asked_wait, usegmt=True) if as_date else str(int(asked_wait.total_seconds()))
        receiver.answer("/hook", Reply(429, {"retry-after": until}))
        assert desk.dispatch().failed == 1
        assert desk.read(endpoint).paused_until == now + kept
        assert desk.dispatch(kept - SECOND).is_idle
        asked.append(kept)
        desk.clock.advance(SECOND)
    receiver.answers.clear()
    assert desk.dispatch().delivered == 1


def test_retry_after_holds_up_the_whole_endpoint(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/hook", concurrency=1)
    desk.happen(key="A")
    desk.happen(key="B")
    receiver.answer("/hook", Reply(503, {"retry-after": "600"}))
    desk.dispatch()
    receiver.answers.clear()
    assert desk.dispatch(9 * MINUTE).is_idle
    assert desk.dispatch(MINUTE).delivered == 1


def test_an_endpoint_that_keeps_failing_gets_single_tries_until_one_succeeds(desk: Desk, receiver: Receiver) -> None:
    desk.patience(failures_to_pause=4, first_wait=SECOND)
    desk.endpoint("/hook")
    for n in range(12):
        desk.happen(key=f"H-{n}")
    receiver.answer("/hook", Reply(500))
    assert desk.dispatch().failed == 4
    assert desk.dispatch(59 * SECOND).is_idle
    assert desk.dispatch(SECOND).failed == 1
    receiver.answers.clear()
    assert [desk.dispatch(MINUTE).delivered, desk.dispatch().delivered] == [1, 4]


def test_an_endpoint_that_is_gone_is_switched_off(desk: Desk, receiver: Receiver) -> None:
    endpoint = desk.endpoint("/hook", "hazard.*", concurrency=1)
    desk.happen(key="A")
    desk.happen(key="B")
    receiver.answer("/hook", Reply(410))
    desk.dispatch()
    assert desk.dispatch(DAY).is_idle is False  # endpoint.disabled is handed on
    assert len(receiver.received) == 1
    assert [it.status for it in desk.deliveries()] == [DeliveryStatus.DEAD, DeliveryStatus.PENDING]
    assert "410" in str(desk.read(endpoint).disabled_because)


def test_an_endpoint_that_fails_for_days_is_switched_off_and_the_others_are_told(
    desk: Desk, receiver: Receiver
) -> None:
    endpoint = desk.endpoint("/dead", "hazard.*")
    desk.endpoint("/watch", "endpoint.*")
    desk.happen()
    receiver.answer("/dead", Reply(500))
    desk.patience(attempts=1000)
    desk.dispatch_until_idle()
    [told] = desk.told("endpoint.disabled")
    off = desk.read(endpoint)
    facts = {"endpoint": endpoint, "url": off.shown, "reason": off.disabled_because}
    assert told == {**facts, "description": "", "owner": ""}
    assert [it.content["data"]["endpoint"] for it in receiver.at("/watch")] == [endpoint]
    first, last = desk.attempts()[0].at, max(it.at for it in desk.attempts() if it.error)
    assert 5 * DAY <= last - first < 6 * DAY


def test_a_dead_letter_names_its_last_error_and_is_delivered_when_replayed(desk: Desk, receiver: Receiver) -> None:
    desk.patience(attempts=2)
    desk.endpoint("/hook")
    known_as = desk.happen()
    receiver.answer("/hook", Reply(500))
    desk.dispatch_until_idle()
    with desk.database.reading() as session:
        [(letter, kind, error)] = dead_letters(session, endpoint_id=None, limit=10)
    assert (kind, error, letter.attempts) == ("hazard.closed", "answered 500", 2)
    receiver.answers.clear()
    with writing(desk.database, desk.clock) as uow:
        assert replay(uow, [letter.id]) == 1
    desk.dispatch()
    assert {request.id for request in receiver.received} == {known_as}
    assert desk.deliveries()[0].status is DeliveryStatus.DELIVERED


def test_a_time_range_is_replayed_with_what_the_endpoint_missed_while_it_was_off(
    desk: Desk, receiver: Receiver
) -> None:
    endpoint = desk.endpoint("/hook", "hazard.*")
    began = desk.clock.now()
    got = desk.happen()
    desk.dispatch()
    _switch(desk, endpoint, on=False)
    missed = [desk.happen(n=n) for n in range(3)]
    desk.happen("task.created")
    desk.dispatch()
    _switch(desk, endpoint, on=True)
    end = desk.clock.advance(HOUR)
    assert _replay_range(desk, endpoint, began, end) == 3
    desk.dispatch_until_idle()
    assert [request.id for request in receiver.received] == [got, *missed]
    assert _replay_range(desk, endpoint, began, end) == 0
    assert _replay_range(desk, endpoint, began, end, with_delivered=True) == 4
    desk.dispatch_until_idle()
    assert [request.id for request in receiver.received] == [got, *missed] * 2


def test_what_is_pending_cannot_be_replayed_and_what_is_unknown_is_refused(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/hook")
    desk.happen()
    receiver.answer("/hook", Reply(500))
    desk.dispatch()
    for deliveries, refusal in (([desk.deliveries()[0].id], WrongStatus), ([999], UnknownRecord)):
        with pytest.raises(refusal), writing(desk.database, desk.clock) as uow:
            replay(uow, deliveries)


def test_a_ping_is_sent_at_once_and_kept_nowhere(desk: Desk, receiver: Receiver) -> None:
    endpoint = desk.endpoint("/hook")
    assert ping(desk.read(endpoint), desk.dispatcher.ways[EndpointKind.HOOK], VAULT, desk.clock.now()).status == 204
    assert receiver.received[0].content["type"] == "endpoint.ping"
    assert desk.deliveries() == []


def _wait_after_failure(desk: Desk) -> timedelta:
    assert desk.dispatch().failed == 1
    [delivery] = desk.deliveries()
    wait = delivery.due_at - desk.clock.now()
    desk.clock.advance(wait)
    return wait


def _switch(desk: Desk, endpoint_id: int, *, on: bool) -> None:
    with writing(desk.database, desk.clock) as uow:
        endpoint = held_endpoint(uow.session, endpoint_id)
        enable(endpoint) if on else disable(uow, endpoint, "a test")


def _replay_range(desk: Desk, endpoint_id: int, since: datetime, until: datetime, **options: bool) -> int:
    with writing(desk.database, desk.clock) as uow:
        return replay_range(uow, endpoint_id, since, until, desk.places, **options)


def test_two_failures_with_a_long_standstill_between_them_do_not_switch_an_endpoint_off(
    desk: Desk, receiver: Receiver
) -> None:
    endpoint = desk.endpoint("/hook")
    desk.happen()
    receiver.answer("/hook", Reply(500))
    desk.dispatch()
    desk.dispatch(40 * DAY)
    assert desk.read(endpoint).failures == 2
    assert desk.read(endpoint).disabled_at is None
