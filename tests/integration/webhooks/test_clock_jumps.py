"""The clock of a node jumps forward and back; nothing is lost, sent too often, or kept waiting for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.clock import ReplayClock
from tests.integration.webhooks.conftest import Desk
from tests.integration.webhooks.receiver import Received, Receiver, Reply
from webhooks.models import DeliveryStatus

SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))


def jump(desk: Desk, by: timedelta) -> None:
    """Set the clock, back as well as forward."""
    desk.clock = ReplayClock(desk.clock.now() + by)


@pytest.mark.parametrize("by", [HOUR, DAY, -HOUR, -DAY])
def test_a_wait_after_a_failure_ends_wherever_the_clock_jumps(desk: Desk, receiver: Receiver, by: timedelta) -> None:
    desk.patience(failures_to_pause=99)
    desk.endpoint("/hook")
    event = desk.happen()
    receiver.answer("/hook", Reply(500))
    assert desk.dispatch().failed == 1
    receiver.answers.clear()
    jump(desk, by)
    desk.dispatch()
    if by < timedelta(0):
        desk.dispatch(-by + MINUTE)
    assert [it.id for it in receiver.received] == [event, event]


@pytest.mark.parametrize("by", [10 * MINUTE, -10 * MINUTE])
def test_a_claim_is_settled_though_the_clock_jumped_while_it_was_under_way(
    desk: Desk, receiver: Receiver, by: timedelta
) -> None:
    desk.endpoint("/hook")
    desk.happen()
    dispatcher = desk.dispatcher

    def jumps(_request: Received) -> Reply:
        jump(desk, by)
        return Reply()

    receiver.answers["/hook"] = jumps
    assert dispatcher.dispatch_once().delivered == 1
    assert [it.status for it in desk.deliveries()] == [DeliveryStatus.DELIVERED]
    assert desk.dispatch().is_idle


def test_two_nodes_with_different_clocks_share_one_order(desk: Desk, receiver: Receiver) -> None:
    desk.endpoint("/hook", concurrency=1)
    ids = [desk.happen(key="A") for _ in range(6)]
    ahead = replace(desk, clock=ReplayClock(desk.clock.now() + DAY))
    for node in (ahead, desk, ahead, desk, ahead, desk):
        node.dispatch()
    assert [it.id for it in receiver.received] == ids


def test_a_breaker_that_opened_ahead_of_time_closes_when_the_time_has_come(desk: Desk, receiver: Receiver) -> None:
    desk.patience(failures_to_pause=2, first_wait=SECOND)
    endpoint = desk.endpoint("/hook", concurrency=2)
    for n in range(4):
        desk.happen(key=f"H-{n}")
    receiver.answer("/hook", Reply(500))
    jump(desk, 2 * HOUR)
    assert desk.dispatch().failed == 2
    receiver.answers.clear()
    jump(desk, -2 * HOUR)
    assert desk.dispatch().is_idle
    assert desk.read(endpoint).disabled_at is None
    assert desk.dispatch(2 * HOUR + 2 * MINUTE).delivered == 1
    assert desk.dispatch().delivered == 2


def test_a_clock_that_was_a_year_ahead_holds_nothing_back_once_it_is_right(desk: Desk, receiver: Receiver) -> None:
    desk.patience(failures_to_pause=1)
    desk.endpoint("/hook")
    desk.happen()
    receiver.answer("/hook", Reply(500))
    jump(desk, 365 * DAY)
    assert desk.dispatch().failed == 1
    receiver.answers.clear()
    jump(desk, -365 * DAY)
    assert desk.dispatch().delivered == 1


def test_a_clock_that_jumps_ahead_between_failures_switches_nothing_off(desk: Desk, receiver: Receiver) -> None:
    desk.patience(failures_to_pause=3)
    endpoint = desk.endpoint("/hook")
    desk.happen()
    receiver.answer("/hook", Reply(500))
    desk.dispatch()
    jump(desk, 30 * DAY)
    desk.dispatch()
    assert desk.read(endpoint).disabled_at is None
