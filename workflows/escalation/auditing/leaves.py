"""Who stood in for whom at a moment, as the record of leave says; read once, there are few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from workflows.organisations.models import Delegation, Person


@dataclass(frozen=True)
class Absence:
    """A leave: who is away, who stands in, and when it was put on record and ended early."""

    account: str
    deputy: str
    first_day: date
    last_day: date
    known_since: datetime
    ended_at: datetime | None

    def holds(self, at: datetime, day: date) -> bool:
        """Whether the deputy stood in at a moment, which is a day on the wall."""
        is_known = self.known_since <= at and (self.ended_at is None or at < self.ended_at)
        return is_known and self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Leaves:
    """All leave of people who are active, with deputies who are, by the account of who is away."""

    _by_account: Mapping[str, Sequence[Absence]]

    @classmethod
    def of(cls, session: Session) -> Leaves:
        """What is on record now."""
        deputy = aliased(Person)
        found = (
            select(
                Person.account,
                deputy.account,
                Delegation.first_day,
                Delegation.last_day,
                Delegation.created_at,
                Delegation.ended_at,
            )
            .join(Person, Person.id == Delegation.person_id)
            .join(deputy, deputy.id == Delegation.deputy_id)
            .where(Person.active, deputy.active)
            .order_by(Delegation.id)
        )
        by_account: dict[str, list[Absence]] = defaultdict(list)
        for row in session.execute(found):
            by_account[row[0]].append(Absence(*row))
        return cls(by_account)

    def deputies(self, account: str, at: datetime, day: date) -> list[str]:
        """Who stood in for a person at a moment."""
        return [it.deputy for it in self._by_account.get(account, ()) if it.holds(at, day)]
