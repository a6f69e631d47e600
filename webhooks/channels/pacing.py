"""How far apart messages to one endpoint must be: a queue keeps what the services of chat robots allow.

Sources stand at the robots themselves. Feishu also asks to avoid full and half hours, when everybody sends
(open.feishu.cn/document/client-docs/bot-v3/add-custom-bot).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from webhooks.models import EndpointKind

MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Pace:
    """One message each `interval`, and none in the minutes of an hour that are `busy`."""

    interval: timedelta = timedelta(0)
    busy: frozenset[int] = frozenset()

    @property
    def is_bounded(self) -> bool:
        """Whether messages must wait for each other at all."""
        return bool(self.interval)

    def rests(self, now: datetime) -> bool:
        """Whether nothing is sent at this minute."""
        return now.minute in self.busy

    def next_after(self, now: datetime) -> datetime:
        """When the next message may be sent, once one was sent now."""
        following = now + self.interval
        return following.replace(second=0, microsecond=0) + MINUTE if self.rests(following) else following


PACES: Final[Mapping[EndpointKind, Pace]] = {
    EndpointKind.WECOM: Pace(timedelta(seconds=3)),
    EndpointKind.DINGTALK: Pace(timedelta(seconds=3.1)),
    EndpointKind.FEISHU: Pace(timedelta(seconds=0.6), frozenset({0, 30})),
}
"""The kinds of endpoints that bound how often they are written to."""
UNBOUNDED: Final = Pace()


def pace_of(kind: EndpointKind) -> Pace:
    """How often an endpoint of a kind may be written to."""
    return PACES.get(kind, UNBOUNDED)
