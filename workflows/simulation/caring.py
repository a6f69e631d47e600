"""People who are told of late deadlines in a simulated campaign: some say that they take care of it, the same day."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from sqlalchemy import select

from engine.runtime import Runtime
from workflows.calendar import WorkingCalendar
from workflows.errors import Refused
from workflows.escalation.acknowledging import acknowledge
from workflows.escalation.models import Notice
from workflows.escalation.steps import LEVELS
from workflows.simulation.agenda import Agenda
from workflows.simulation.players import Players

LEADERS_WHO_CARE, OTHERS_WHO_CARE = 0.4, 0.1
"""The shares of late notices that leaders, and those who do the task, acknowledge."""
WITHIN_HOURS: Final = 9
WORDS: Final = ("已知悉，今日安排专人落实。", "已约谈责任人，限期三日整改到位。", "正在现场督促，尽快办结。", "")


@dataclass
class Caring:
    """Looks once a day at the notices of late deadlines that came since, and lets some recipients acknowledge them."""

    runtime: Runtime
    random: Random
    calendar: WorkingCalendar
    _seen_until: datetime | None = None
    _agenda: Agenda[tuple[str, int]] = field(default_factory=Agenda[tuple[str, int]])

    def look(self, now: datetime) -> None:
        """Decide who will acknowledge what of today's notices, and at which hour."""
        for notice_id, account, for_digest in self._new_notices(now):
            share = LEADERS_WHO_CARE if for_digest else OTHERS_WHO_CARE
            if self.random.random() < share:
                hours = self.random.randrange(WITHIN_HOURS)
                self._agenda.enter(now + timedelta(hours=hours), (account, notice_id))
        self._seen_until = now

    def act(self, now: datetime, players: Players) -> int:
        """Let those acknowledge who are to by now, but for who is on leave; returns how many did."""
        return sum(self._acknowledge(*deed) for deed in self._agenda.until(now) if not players.is_away(deed[0]))

    def _acknowledge(self, account: str, notice_id: int) -> bool:
        """Acknowledge, unless the task has ended meanwhile or was given more time."""
        with suppress(Refused), self.runtime.unit_of_work() as uow:
            acknowledge(uow, account, notice_id, self.random.choice(WORDS), self.calendar)
            return True
        return False

    def _new_notices(self, now: datetime) -> list[tuple[int, str, bool]]:
        wanted = select(Notice.id, Notice.recipient, Notice.for_digest).where(
            Notice.step.in_(LEVELS), Notice.delivered_at <= now
        )
        if self._seen_until is not None:
            wanted = wanted.where(Notice.delivered_at > self._seen_until)
        with self.runtime.reading() as uow:
            return [(row[0], row[1], row[2]) for row in uow.session.execute(wanted.order_by(Notice.id))]
