"""Another system's endpoint that takes CloudEvents 1.0: one JSON event a request, signed like every other webhook.

Source: CloudEvents 1.0.2 and its JSON event format (structured mode), cloudevents.io.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import orjson

from webhooks.answers import Answer
from webhooks.catalogue import version_of
from webhooks.channels.letters import Letter
from webhooks.sending import Sender
from webhooks.signing import signed_headers


@dataclass(frozen=True)
class CloudEventsHook:
    """Posts letters as CloudEvents; `source` is the address of this site, `subject` the letter's key."""

    sender: Sender
    source: str

    def send(self, letter: Letter, now: datetime) -> Answer:
        """The same bytes each time, under the signatures of now."""
        body = orjson.dumps(
            {
                "specversion": "1.0",
                "id": letter.id,
                "source": self.source,
                "type": letter.type,
                "subject": letter.key,
                "time": letter.at.isoformat(),
                "datacontenttype": "application/json",
                "dataschema": f"{self.source}/api/v1/events/{letter.type}/v{version_of(letter.type)}",
                "data": letter.data,
            },
            option=orjson.OPT_NON_STR_KEYS,
        )
        headers = signed_headers(letter.id, body, letter.secrets, now)
        return self.sender.send(letter.url, body, {**headers, "content-type": "application/cloudevents+json"})
