"""A signed test message, sent at once and kept nowhere."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from webhooks.answers import Answer
from webhooks.messages import write_message
from webhooks.models import Endpoint
from webhooks.sending import Sender
from webhooks.signing import secrets_of, signed_headers


def ping(endpoint: Endpoint, sender: Sender, now: datetime) -> Answer:
    """Send `endpoint.ping` to an endpoint, switched off or not, and return what came of it."""
    message = write_message(str(uuid4()), "endpoint.ping", now, {"endpoint": endpoint.id})
    headers = signed_headers(message.id, message.body, secrets_of(endpoint, now), now)
    return sender.send(endpoint.url, message.body, headers)
