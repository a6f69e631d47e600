"""The database falls and comes back while messages are under way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from threading import Event, Lock

import pytest

from engine.clock import ReplayClock
from engine.storage.database import Database
from tests.conftest import CAMPAIGN_BEGINS
from tests.databases import CLOSED, PostgresqlDatabases, postgresql_server, restart_at_once
from tests.integration.webhooks.conftest import Desk
from tests.integration.webhooks.receiver import Received, Receiver, Reply
from webhooks.models import DeliveryStatus

EVENTS, KEYS, FALLS = 60, 6, (10, 25, 40)


@pytest.fixture
def server() -> Iterator[Path]:
    """A server of this test's own, since others would fall with it."""
    with postgresql_server(CLOSED) as folder:
        yield folder


@pytest.fixture
def falling(server: Path, receiver: Receiver) -> Iterator[Desk]:
    database = Database(PostgresqlDatabases(server).fresh())
    yield Desk(database, ReplayClock(CAMPAIGN_BEGINS), receiver)
    database.close()


def test_nothing_is_lost_or_out_of_order_when_the_database_falls(
    falling: Desk, server: Path, receiver: Receiver
) -> None:
    falling.endpoint("/hook")
    ids = [falling.happen("hazard.changed", f"H-{number % KEYS}", number=number) for number in range(EVENTS)]
    to_come, one_at_a_time = list(FALLS), Lock()

    def answer(_request: Received) -> Reply:
        with one_at_a_time:
            if to_come and len(receiver.received) >= to_come[0]:
                to_come.pop(0)
                restart_at_once(server)
        return Reply()

    receiver.answers["/hook"] = answer
    while not _is_done(falling):
        with suppress(Exception):  # as the scheduler does: what fails is called again at its next time
            falling.dispatcher.dispatch(Event())
        falling.clock.advance(timedelta(hours=1))
    assert to_come == []
    assert {request.id for request in receiver.received} == set(ids)
    for arrived in receiver.taken().values():
        numbers = [request.content["data"]["number"] for request in arrived]
        assert numbers == sorted(numbers)


def _is_done(desk: Desk) -> bool:
    with suppress(Exception):
        states = [delivery.status for delivery in desk.deliveries()]
        return len(states) == EVENTS and set(states) == {DeliveryStatus.DELIVERED}
    return False
