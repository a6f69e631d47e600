"""A dispatcher on a real database, and a receiver that it may reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from ipaddress import ip_network
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from engine.clock import ReplayClock
from engine.events import publish
from engine.storage.database import Database
from engine.storage.models import OutboxEvent
from tests.integration.webhooks.receiver import Receiver, receiving
from webhooks.channels.letters import Letter
from webhooks.channels.mail import MailServer
from webhooks.channels.outfit import ways
from webhooks.channels.people import Addressee
from webhooks.channels.wording import Wording
from webhooks.dispatcher import Dispatched, Dispatcher
from webhooks.endpoints import Registration, Selection, add_endpoint, endpoint_of
from webhooks.models import Attempt, Delivery, Endpoint, EndpointKind
from webhooks.places import Places, nowhere
from webhooks.policy import Limits, Patience, Policy, Reach
from webhooks.sealing import Vault
from webhooks.sending import Sender
from webhooks.transactions import writing

HERE = Reach(frozenset({"127.0.0.1"}), (ip_network("127.0.0.0/8"),))
VAULT = Vault(("a key of the tests",))
PATIENT = Policy(HERE, Limits(connect_seconds=2, silence_seconds=5, total_seconds=10), threads=8)


@dataclass
class Desk:
    """Adds endpoints, publishes events and dispatches, on one database."""

    database: Database
    clock: ReplayClock
    receiver: Receiver
    policy: Policy = PATIENT
    random: Random = field(default_factory=lambda: Random(7))
    people: dict[str, Addressee] = field(default_factory=dict[str, Addressee])
    mail_server: MailServer | None = None
    places: Places = nowhere

    @property
    def dispatcher(self) -> Dispatcher:
        sender = Sender(self.policy.reach, self.policy.limits)
        wording = Wording("https://lookback.example", ZoneInfo("Asia/Shanghai"))
        outfit = ways(sender, wording, self.addressee, self.mail_server)
        return Dispatcher(self.database, self.clock, self.policy, outfit, VAULT, self.places, self.random)

    def endpoint(self, path: str, *event_types: str, **options: Any) -> int:
        chosen = {name: options.pop(name) for name in ("audience", "region", "sectors") if name in options}
        wanted = Registration(self.receiver.url(path), Selection(event_types or ["*"], **chosen), **options)
        with writing(self.database, self.clock) as uow:
            return add_endpoint(uow, wanted, VAULT, reach=self.policy.reach).id

    def secret(self, endpoint_id: int) -> str:
        return VAULT.open(self.read(endpoint_id).secret)

    def addressee(self, letter: Letter, _kind: EndpointKind) -> Addressee | None:
        return self.people.get(letter.key)

    def happen(self, type: str = "hazard.closed", key: str = "H-1", **data: Any) -> str:
        with writing(self.database, self.clock) as uow:
            return str(publish(uow, type, key, {"key": key, **data}))

    def dispatch(self, after: timedelta = timedelta(0)) -> Dispatched:
        self.clock.advance(after)
        return self.dispatcher.dispatch_once()

    def dispatch_until_idle(self) -> None:
        """Let hours pass until nothing has been done for a day."""
        idle = 0
        while idle < 24:
            idle = idle + 1 if self.dispatch(timedelta(hours=1)).is_idle else 0

    def patience(self, **changes: Any) -> None:
        self.policy = replace(self.policy, patience=replace(Patience(), **changes))

    def limits(self, **changes: Any) -> None:
        self.policy = replace(self.policy, limits=replace(self.policy.limits, **changes))

    def read(self, endpoint_id: int) -> Endpoint:
        with self.database.reading() as session:
            return endpoint_of(session, endpoint_id)

    def deliveries(self) -> list[Delivery]:
        with self.database.reading() as session:
            return list(session.scalars(select(Delivery).order_by(Delivery.id)))

    def attempts(self) -> list[Attempt]:
        with self.database.reading() as session:
            return list(session.scalars(select(Attempt).order_by(Attempt.id)))

    def told(self, type: str) -> list[dict[str, Any]]:
        with self.database.reading() as session:
            found = select(OutboxEvent.data).where(OutboxEvent.type == type).order_by(OutboxEvent.id)
            return list(session.scalars(found))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as started:
        yield started


@pytest.fixture
def desk(database: Database, clock: ReplayClock, receiver: Receiver) -> Desk:
    return Desk(database, clock, receiver)
