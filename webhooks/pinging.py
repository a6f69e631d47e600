"""A test message, sent at once and kept nowhere."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from webhooks.answers import Answer
from webhooks.channels.letters import Letter, Way
from webhooks.models import Endpoint
from webhooks.sealing import Vault
from webhooks.signing import secrets_of


def ping(endpoint: Endpoint, way: Way, vault: Vault, now: datetime, *, key: str = "") -> Answer:
    """Send `endpoint.ping` to an endpoint, switched off or not, and return what came of it.

    `key` is the account to which mail or a short message goes. Raises Unopenable.
    """
    data = {"endpoint": endpoint.id}
    secrets = secrets_of(endpoint, vault, now)
    letter = Letter(vault.open(endpoint.url), secrets, str(uuid4()), "endpoint.ping", now, key, data)
    return way.send(letter, now)
