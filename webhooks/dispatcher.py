"""The dispatcher: hands events on, claims deliveries and sends them; any number of nodes may, and may die at it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random, SystemRandom
from threading import Event
from typing import Final

from engine.clock import Clock
from engine.storage.database import Database
from webhooks.answers import Answer, Verdict
from webhooks.channels.letters import Way
from webhooks.claiming import Claim, claim_deliveries, endpoints_with_work
from webhooks.fanning_out import anything_to_hand_on, fan_out
from webhooks.models import EndpointKind
from webhooks.policy import Policy
from webhooks.settling import settle
from webhooks.transactions import Writing, writing

log = logging.getLogger(__name__)

LOOK_AGAIN: Final = 1.0
"""Seconds after which a busy dispatcher looks for more, though nothing it sent was answered yet."""

Underway = Future["Verdict | None"]


@dataclass(frozen=True)
class Dispatched:
    """What one round did: events handed on, messages delivered, messages that failed."""

    handed_on: int
    delivered: int
    failed: int

    @property
    def is_idle(self) -> bool:
        return self == Dispatched(0, 0, 0)


@dataclass(frozen=True)
class Dispatcher:
    """Delivers what the outbox holds, at least once, and in order for each endpoint and key.

    What is for an endpoint without a way waits as after a failure, until settings name one.
    """

    database: Database
    clock: Clock
    policy: Policy
    ways: Mapping[EndpointKind, Way]
    random: Random = field(default_factory=SystemRandom)

    def dispatch_once(self) -> Dispatched:
        """Hand on one batch of events, send what is due and has room, and wait for every answer."""
        handed_on = self._hand_on()
        with ThreadPoolExecutor(self.policy.threads, "webhooks") as pool:
            sent = [pool.submit(self._deliver, claim) for claim in self._claim(self.policy.threads)]
        verdicts = [each.result() for each in sent]
        delivered = verdicts.count(Verdict.DELIVERED)
        return Dispatched(handed_on, delivered, len(verdicts) - delivered)

    def dispatch(self, stopping: Event) -> None:
        """Go on until nothing is due or the process is to stop; a slow answer holds up nothing but its own key."""
        under_way: set[Underway] = set()
        with ThreadPoolExecutor(self.policy.threads, "webhooks") as pool:
            while not stopping.is_set():
                handed_on = self._hand_on()
                claims = self._claim(self.policy.threads - len(under_way))
                under_way |= {pool.submit(self._deliver, claim) for claim in claims}
                if not under_way and not handed_on:
                    return
                under_way = wait(under_way, LOOK_AGAIN, FIRST_COMPLETED).not_done

    def _hand_on(self) -> int:
        with self.database.reading() as session:
            if not anything_to_hand_on(session):
                return 0
        with self._writing() as uow:
            return fan_out(uow, limit=self.policy.batch)

    def _claim(self, room: int) -> list[Claim]:
        with self.database.reading() as session:
            busy = endpoints_with_work(session, self.clock.now())
        if not busy or room < 1:
            return []
        with self._writing() as uow:
            return claim_deliveries(uow, busy, self.policy, room=room)

    def _deliver(self, claim: Claim) -> Verdict | None:
        """Send and settle. None, and the claim runs out, when what came of it could not be written down."""
        try:
            answer = self._send(claim)
            with self._writing() as uow:
                settle(uow, claim, answer, self.policy.patience, self.random)
        except Exception:  # the outermost loop of a delivery: whatever goes wrong in it, the others are sent
            log.exception("delivery %s failed unexpectedly; it is sent again later", claim.delivery_id)
            return None
        return answer.verdict

    def _send(self, claim: Claim) -> Answer:
        way = self.ways.get(claim.kind)
        if way is None:
            return Answer(Verdict.FAILED, timedelta(0), error=f"this installation has no settings for {claim.kind}")
        return way.send(claim.letter, self.clock.now())

    def _writing(self) -> AbstractContextManager[Writing]:
        return writing(self.database, self.clock)
