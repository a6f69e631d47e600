"""Short messages (短信), handed as signed JSON to the installation's gateway, which knows the operator's own way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from webhooks.answers import Answer, Verdict
from webhooks.channels.letters import Letter
from webhooks.channels.people import Directory
from webhooks.channels.wording import Wording, Wordless
from webhooks.models import EndpointKind
from webhooks.sending import Sender
from webhooks.signing import signed_headers


@dataclass(frozen=True)
class ShortMessage:
    """Posts `{"id", "phone", "text"}` to the gateway, signed as Standard Webhooks has it; `id` never changes."""

    sender: Sender
    wording: Wording
    directory: Directory

    def send(self, letter: Letter, now: datetime) -> Answer:
        """Hand the message over; a person without a telephone, or who wants no such message, is left out."""
        person = self.directory(letter, EndpointKind.SMS)
        if person is None or not person.phone:
            return Answer(Verdict.UNWANTED, timedelta(0), error=f"{letter.key} has no telephone or wants no message")
        try:
            text = self.wording.write(letter, "short", language=person.language, name=person.name)
        except Wordless as wordless:
            return Answer(Verdict.UNSENDABLE, timedelta(0), error=str(wordless))
        body = orjson.dumps({"id": letter.id, "phone": person.phone, "text": text})
        return self.sender.send(letter.url, body, signed_headers(letter.id, body, letter.secrets, now))
