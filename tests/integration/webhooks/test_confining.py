"""An endpoint may be confined to a region, with all below it, and to sectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from engine.storage.models import OutboxEvent
from tests.integration.webhooks.conftest import Desk
from tests.integration.webhooks.receiver import Receiver
from webhooks.endpoints import disable, enable, held_endpoint
from webhooks.places import Place
from webhooks.replaying import replay_range
from webhooks.transactions import writing

PLACES = {
    "city gas": Place("/41/4101/", "town_gas"),
    "county gas": Place("/41/4101/410105/", "town_gas"),
    "county mine": Place("/41/4101/410105/", "coal_mines"),
    "elsewhere": Place("/41/4103/", "town_gas"),
}


def places(_session: Session, events: Sequence[OutboxEvent]) -> Mapping[int, Place]:
    return {event.id: PLACES[event.key] for event in events if event.key in PLACES}


@pytest.fixture
def confined(desk: Desk) -> Desk:
    desk.places = places
    return desk


@pytest.mark.parametrize(
    ("region", "sectors", "told"),
    [
        ("", (), {*PLACES, "nowhere"}),
        ("/41/4101/", (), {"city gas", "county gas", "county mine"}),
        ("/41/4101/410105/", (), {"county gas", "county mine"}),
        ("", ("coal_mines",), {"county mine"}),
        ("/41/", ("town_gas", "coal_mines"), set(PLACES)),
        ("/41/4103/", ("coal_mines",), set[str]()),
    ],
)
def test_an_endpoint_hears_of_its_places_only(
    confined: Desk, receiver: Receiver, region: str, sectors: tuple[str, ...], told: set[str]
) -> None:
    confined.endpoint("/hook", region=region, sectors=sectors)
    for key in (*PLACES, "nowhere"):
        confined.happen(key=key)
    confined.dispatch_until_idle()
    assert set(receiver.taken()) == told


def test_a_replay_brings_what_was_missed_of_its_places_only(confined: Desk, receiver: Receiver) -> None:
    endpoint = confined.endpoint("/hook", region="/41/4101/")
    began = confined.clock.now()
    _switch(confined, endpoint, on=False)
    for key in ("county gas", "elsewhere", "nowhere"):
        confined.happen(key=key)
    confined.dispatch()
    _switch(confined, endpoint, on=True)
    with writing(confined.database, confined.clock) as uow:
        assert replay_range(uow, endpoint, began, began + timedelta(hours=1), places) == 1
    confined.dispatch_until_idle()
    assert set(receiver.taken()) == {"county gas"}


def _switch(desk: Desk, endpoint_id: int, *, on: bool) -> None:
    with writing(desk.database, desk.clock) as uow:
        endpoint = held_endpoint(uow.session, endpoint_id)
        enable(endpoint) if on else disable(uow, endpoint, "a test")
