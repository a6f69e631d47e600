"""Dispatching nodes are killed, with SIGKILL, anywhere; every event arrives, known by one id, in order.

`LOOKBACK_TEST_KILLS=200 pytest tests/integration/webhooks/test_crashes.py -k killed` is the long form, `make
test-crashes`: as many kills while fifty times as many events flow, and some minutes for each database.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from threading import Event, Thread

import pytest
from standardwebhooks.webhooks import Webhook

from engine.events import publish
from engine.storage.database import Database
from tests.integration.webhooks.conftest import Desk
from tests.integration.webhooks.receiver import Received, Receiver, Reply
from webhooks.models import DeliveryStatus
from webhooks.transactions import writing

KILLS = int(os.environ.get("LOOKBACK_TEST_KILLS", "20"))
EACH = 50 if KILLS > 20 else 25
EVENTS, KEYS = EACH * KILLS, 25
BETWEEN_NODES = timedelta(days=40)
"""Longer than any wait, lease or day that a node before may have jumped to."""


@pytest.fixture
def chance() -> Random:
    return Random(20221108)


def test_nothing_is_lost_or_out_of_order_when_nodes_are_killed_at_random(
    desk: Desk, receiver: Receiver, database_url: str, chance: Random
) -> None:
    secret = desk.secret(desk.endpoint("/hook", "hazard.*", concurrency=6))
    receiver.answers["/hook"] = _mostly_well(chance)
    numbers, published = count(1), dict[int, str]()
    for kill in range(KILLS):
        published |= _publish(desk, numbers, EACH, chance)
        _run_and_kill(desk, database_url, receiver, chance, from_outside=kill % 2 == 0)
    _run(desk, database_url).communicate()
    taken = receiver.taken()
    print(f"{KILLS} kills, {EVENTS} events, {len(receiver.received)} requests")  # noqa: T201 # pytest -s shows it
    assert {(it.content["data"]["number"], it.id) for it in receiver.received} == set(published.items())
    assert {number for arrived in taken.values() for number in _numbers(arrived)} == set(published)
    assert all(_numbers(arrived) == sorted(_numbers(arrived)) for arrived in taken.values())
    assert {delivery.status for delivery in desk.deliveries()} == {DeliveryStatus.DELIVERED}
    assert all(_is_signed(request, secret) for request in receiver.received)


def test_two_nodes_share_the_work_and_send_nothing_twice(
    desk: Desk, receiver: Receiver, database_url: str, chance: Random
) -> None:
    desk.endpoint("/hook", "hazard.*", concurrency=6)
    published = _publish(desk, count(1), 200, chance)
    other = Database(database_url)
    nodes = [desk.dispatcher, replace(desk.dispatcher, database=other)]
    threads = [Thread(target=node.dispatch, args=(Event(),)) for node in nodes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    taken = receiver.taken()
    assert sorted(number for arrived in taken.values() for number in _numbers(arrived)) == sorted(published)
    assert all(_numbers(arrived) == sorted(_numbers(arrived)) for arrived in taken.values())


def _publish(desk: Desk, numbers: Iterator[int], how_many: int, chance: Random) -> dict[int, str]:
    published: dict[int, str] = {}
    with writing(desk.database, desk.clock) as uow:
        for _ in range(how_many):
            number, key = next(numbers), f"H-{chance.randrange(KEYS)}"
            published[number] = str(publish(uow, "hazard.changed", key, {"key": key, "number": number}))
    return published


def _run_and_kill(desk: Desk, url: str, receiver: Receiver, chance: Random, *, from_outside: bool) -> None:
    """Kill a node from outside after a few more messages, or let it kill itself between two statements."""
    if not from_outside:
        _run(desk, url, dies_at=chance.randint(3, 5 * EACH)).communicate()
        return
    enough = len(receiver.received) + chance.randint(1, EACH)
    node = _run(desk, url)
    assert receiver.wait_for(enough)
    node.kill()
    node.communicate()


def _run(desk: Desk, url: str, dies_at: int | None = None) -> subprocess.Popen[bytes]:
    now = desk.clock.advance(BETWEEN_NODES).isoformat()
    command = [sys.executable, "-m", "tests.integration.webhooks.node", url, now]
    return subprocess.Popen(command if dies_at is None else [*command, str(dies_at)])


def _mostly_well(chance: Random) -> Callable[[Received], Reply]:
    return lambda _request: Reply(500 if chance.random() < 0.05 else 204)


def _numbers(arrived: list[Received]) -> list[int]:
    return [request.content["data"]["number"] for request in arrived]


def _is_signed(request: Received, secret: str) -> bool:
    moment = datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), UTC)
    return Webhook(secret).sign(request.id, moment, request.body.decode()) == request.headers["webhook-signature"]
