"""People who go on leave in the course of a simulated campaign, each with a deputy who does their tasks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.runtime import Runtime
from workflows.cast import Cast
from workflows.errors import InvalidRecord, Refused
from workflows.organisations.leave import Leave, delegate_leave
from workflows.organisations.mandates import mandate_of
from workflows.organisations.models import Organisation, Person, RoleAssignment
from workflows.organisations.roles import Role

PEOPLE_FOR_ONE_LEAVE: Final = 100
"""Of so many people one goes on leave each day."""
SHORTEST, LONGEST = 2, 8
REASON: Final = "年休假"
STANDS_IN_ELSEWHERE: Final = (Role.DEPARTMENT_LEADER, Role.COMMITTEE_OFFICE, Role.PROVINCIAL_LEADER)
"""Roles of which there is one at a place: somebody stands in who has the same one at another."""

CITY_CODE, COUNTY_CODE = 4, 6
"""How many digits the code of a region has."""

Pair = tuple[str, str]


@dataclass
class Leaves:
    """Sends people on leave from the next day on; those `always_there` never go, nor do they stand in."""

    runtime: Runtime
    random: Random
    cast: Cast
    always_there: Collection[str] = ()
    _pairs: Sequence[Pair] = field(init=False)

    def __post_init__(self) -> None:
        with self.runtime.reading() as uow:
            pairs = [*self._colleagues(), *self._peers(uow.session)]
        self._pairs = [pair for pair in pairs if not set(pair) & set(self.always_there)]

    def begin(self, today: date) -> int:
        """Send some people on leave, unless they or their deputies are taken; returns how many go."""
        number = min(len(self._pairs), len(self._pairs) // PEOPLE_FOR_ONE_LEAVE + 1)
        return sum(self._send(account, deputy, today) for account, deputy in self.random.sample(self._pairs, number))

    def _send(self, account: str, deputy: str, today: date) -> bool:
        first = today + timedelta(days=1)
        leave = Leave(account, deputy, first, first + timedelta(days=self.random.randint(SHORTEST, LONGEST)), REASON)
        with suppress(Refused, InvalidRecord), self.runtime.unit_of_work() as uow:
            delegate_leave(uow, mandate_of(uow.session, account), leave, today=today)
            return True
        return False

    def _colleagues(self) -> list[Pair]:
        """Of each unit the responsible person and its leader, who stand in for one another."""
        both = [(unit.responsible_person, unit.unit_leader) for unit in dict.fromkeys(self.cast.units)]
        return [pair for one, other in both for pair in ((one, other), (other, one))]

    def _peers(self, session: Session) -> list[Pair]:
        """Everybody where the units are with a role of which there is one at a place, and the next who has it."""
        held = (
            select(RoleAssignment.role, Person.account)
            .join(Person, Person.id == RoleAssignment.person_id)
            .join(Organisation, Organisation.id == RoleAssignment.organisation_id)
            .where(Person.active, RoleAssignment.role.in_(STANDS_IN_ELSEWHERE))
            .where(Organisation.region_code.in_(self._places()))
            .order_by(Person.id)
        )
        by_role: dict[Role, list[str]] = {}
        for role, account in session.execute(held):
            by_role.setdefault(role, []).append(account)
        return [pair for role in STANDS_IN_ELSEWHERE for pair in _in_a_ring(by_role.get(role, []))]

    def _places(self) -> set[str]:
        """The counties and cities of the units."""
        return {unit.region_code[:length] for unit in self.cast.units for length in (CITY_CODE, COUNTY_CODE)}


def _in_a_ring(accounts: Sequence[str]) -> list[Pair]:
    return list(zip(accounts, [*accounts[1:], *accounts[:1]], strict=True)) if len(accounts) > 1 else []
