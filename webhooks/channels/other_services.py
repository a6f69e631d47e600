"""Chat services that no robot of ours speaks to, through Apprise: a line with number and link for a group.

Apprise connects by itself, past our check of addresses. So an endpoint only names a service: its Apprise URL, which may
lead anywhere, stands in the settings of the installation and on no page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from apprise import Apprise

from webhooks.answers import Answer, Verdict
from webhooks.channels.letters import Letter
from webhooks.channels.wording import Wording, Wordless


@dataclass(frozen=True)
class OtherService:
    """Posts the group's words; `services` are Apprise's URLs by the names that endpoints have as their address."""

    wording: Wording
    services: Mapping[str, str]

    def send(self, letter: Letter, now: datetime) -> Answer:
        """Whether the service took it; Apprise says no more than that, and the log why not."""
        began = monotonic()
        try:
            text = self.wording.write(letter, "group")
        except Wordless as wordless:
            return Answer(Verdict.UNSENDABLE, timedelta(0), error=str(wordless))
        error = self._post(letter.url, text)
        verdict = Verdict.FAILED if error else Verdict.DELIVERED
        return Answer(verdict, timedelta(seconds=monotonic() - began), error=error)

    def _post(self, name: str, text: str) -> str | None:
        """What went wrong. A service is made anew for each message: one that is kept sleeps between two of them."""
        service = Apprise()
        if name not in self.services or not service.add(self.services[name]):
            return f"webhooks.services has no usable Apprise URL under the name {name}"
        return None if service.notify(body=text) else f"{name} did not take it; the log of apprise says why"
