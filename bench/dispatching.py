"""A dispatching node in a process of its own: `python -m bench.dispatching URL`, until it is told to end.

It looks for work as often as the settings have it by default, with the default policy, but for this machine's network.
"""

from __future__ import annotations

import signal
import sys
from ipaddress import ip_network
from threading import Event
from typing import Final

from engine.clock import SystemClock
from engine.storage.database import Database
from lookback.memory import prepare_collector
from lookback.settings import WebhookSettings
from webhooks.channels.hook import Hook
from webhooks.dispatcher import Dispatcher
from webhooks.models import EndpointKind
from webhooks.policy import Policy, Reach
from webhooks.sealing import Vault
from webhooks.sending import Sender

HERE: Final = Policy(Reach(frozenset({"127.0.0.1"}), (ip_network("127.0.0.0/8"),)))
VAULT: Final = Vault(("the key of a measurement",))


def main(url: str) -> None:
    """Dispatch until SIGTERM."""
    stopping = Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    prepare_collector()
    ways = {EndpointKind.HOOK: Hook(Sender(HERE.reach, HERE.limits))}
    dispatcher = Dispatcher(Database(url), SystemClock(), HERE, ways, VAULT)
    every = WebhookSettings().dispatch_every_seconds
    while not stopping.is_set():
        dispatcher.dispatch(stopping)
        stopping.wait(every)


if __name__ == "__main__":
    main(sys.argv[1])
