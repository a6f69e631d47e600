"""Another system's endpoint: the event as JSON, signed as Standard Webhooks has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from webhooks.answers import Answer
from webhooks.channels.letters import Letter
from webhooks.messages import write_message
from webhooks.sending import Sender
from webhooks.signing import signed_headers


@dataclass(frozen=True)
class Hook:
    """Posts letters to other systems."""

    sender: Sender

    def send(self, letter: Letter, now: datetime) -> Answer:
        """The same bytes each time, under the signatures of now."""
        body = write_message(letter.type, letter.at, letter.data)
        return self.sender.send(letter.url, body, signed_headers(letter.id, body, letter.secrets, now))
