"""The dispatcher: hands events on, claims deliveries and sends them; any number of nodes may, and may die at it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random, SystemRandom
from threading import Event
from time import monotonic
from typing import Final

from engine.clock import Clock
from engine.storage.database import Database
from webhooks.answers import Answer, Verdict
from webhooks.channels.letters import Way
from webhooks.claiming import Claim, claim_deliveries, endpoints_with_work
from webhooks.fanning_out import anything_to_hand_on, fan_out
from webhooks.models import EndpointKind
from webhooks.places import Places, nowhere
from webhooks.policy import Policy
from webhooks.sealing import Vault
from webhooks.settling import Settled, settle
from webhooks.transactions import Writing, writing

log = logging.getLogger(__name__)

LOOK_AGAIN: Final = 1.0
"""Seconds after which a busy dispatcher looks for more, though nothing it sent was answered yet."""

TOGETHER: Final = 0.01
"""Seconds for which a first answer waits for others, so that they are written down in one transaction."""

AWAKE: Final = 0.5
"""Seconds for which a dispatcher that had something to do goes on looking, so that a stream of events is not delayed
by the time between two calls; and how far apart these looks are."""

LOOK_SOON: Final = 0.05

Underway = Future[Answer]


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
    vault: Vault
    places: Places = nowhere
    random: Random = field(default_factory=SystemRandom)

    def dispatch_once(self) -> Dispatched:
        """Hand on one batch of events, send what is due and has room, and wait for every answer."""
        handed_on = self._hand_on()
        with ThreadPoolExecutor(self.policy.threads, "webhooks") as pool:
            sent = {pool.submit(self._send, claim): claim for claim in self._claim(self.policy.threads)}
        verdicts = self._settle(sent)
        delivered = verdicts.count(Verdict.DELIVERED)
        return Dispatched(handed_on, delivered, len(sent) - delivered)

    def dispatch(self, stopping: Event) -> None:
        """Go on until nothing was due for a moment, or the process is to stop.

        A slow answer holds up nothing but its own key. Answers that come together are written down together.
        """
        under_way: dict[Underway, Claim] = {}
        awake_until = 0.0
        with ThreadPoolExecutor(self.policy.threads, "webhooks") as pool:
            while not stopping.is_set():
                handed_on = self._hand_on()
                claims = self._claim(self.policy.threads - len(under_way))
                under_way |= {pool.submit(self._send, claim): claim for claim in claims}
                if handed_on or under_way:
                    awake_until = monotonic() + AWAKE
                elif monotonic() >= awake_until:
                    return
                self._settle({it: under_way.pop(it) for it in _answered(under_way)})
                if not under_way and not handed_on:
                    stopping.wait(LOOK_SOON)
        self._settle(under_way)

    def _hand_on(self) -> int:
        with self.database.reading() as session:
            if not anything_to_hand_on(session):
                return 0
        with self._writing() as uow:
            return fan_out(uow, self.places, limit=self.policy.batch)

    def _claim(self, room: int) -> list[Claim]:
        with self.database.reading() as session:
            busy = endpoints_with_work(session, self.policy, self.clock.now())
        if not busy or room < 1:
            return []
        with self._writing() as uow:
            return claim_deliveries(uow, busy, self.policy, self.vault, room=room)

    def _send(self, claim: Claim) -> Answer:
        way = self.ways.get(claim.kind)
        if way is None:
            return Answer(Verdict.FAILED, timedelta(0), error=f"this installation has no settings for {claim.kind}")
        return way.send(claim.letter, self.clock.now())

    def _settle(self, sent: Mapping[Underway, Claim]) -> list[Verdict]:
        """Write down what came of messages; what could not be written down is sent again when its claim runs out."""
        settled = [(claim, answer) for it, claim in sent.items() if (answer := _answer(it, claim)) is not None]
        if len(settled) > 1 and self._write_down(settled):
            return [answer.verdict for _, answer in settled]
        return [answer.verdict for claim, answer in settled if self._write_down([(claim, answer)])]

    def _write_down(self, settled: Sequence[Settled]) -> bool:
        try:
            with self._writing() as uow:
                settle(uow, settled, self.policy.patience, self.random)
        except Exception:  # the outermost loop of deliveries: whatever goes wrong with some, the others are sent
            log.exception("deliveries %s could not be settled", [claim.delivery_id for claim, _ in settled])
            return False
        return True

    def _writing(self) -> AbstractContextManager[Writing]:
        return writing(self.database, self.clock)


def _answered(under_way: Iterable[Underway]) -> set[Underway]:
    """Those that were answered, with the others that are answered right after them."""
    wait(under_way, LOOK_AGAIN, FIRST_COMPLETED)
    return wait(under_way, TOGETHER).done


def _answer(sent: Underway, claim: Claim) -> Answer | None:
    try:
        return sent.result()
    except Exception:
        log.exception("delivery %s failed unexpectedly; it is sent again later", claim.delivery_id)
        return None
