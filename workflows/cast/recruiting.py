"""Finds people for posts: collects them with their roles, then adds them all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from workflows.cast.people import Population
from workflows.cast.sign_ins import DEMO_PASSWORD, Workplace, accounts_at
from workflows.organisations.models import Person, RoleAssignment
from workflows.organisations.passwords import hash_password
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector

Staff = Mapping[Role, int]


@dataclass
class Recruiter:
    """Collects people; `hire` adds them to the database. All share the demo's password, which is hashed once."""

    random: Random
    _population: Population = field(init=False)
    _people: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    _posts: list[tuple[Role, int]] = field(default_factory=list[tuple[Role, int]])

    def __post_init__(self) -> None:
        self._population = Population(self.random)

    def staff(
        self,
        organisation_id: int,
        staff: Staff,
        *,
        employer_id: int | None = None,
        specialities: tuple[Sector, ...] = (),
        workplace: Workplace | None = None,
    ) -> None:
        """Find as many people for each role at an organisation as `staff` says.

        `employer_id` is where they come from when it is not there. Experts have the specialities. At a workplace of the
        demo the fixed accounts are given away first.
        """
        fixed = accounts_at(workplace) if workplace else {}
        for role, number in staff.items():
            accounts: list[str | None] = [*fixed.get(role, [])]
            for account in (accounts + [None] * number)[:number]:
                person = self._population.invent(account) | {
                    "organisation_id": employer_id or organisation_id,
                    "specialities": [sector.value for sector in specialities] if role is Role.EXPERT else [],
                }
                self._people.append(person)
                self._posts.append((role, organisation_id))

    def hire(self, session: Session) -> None:
        """Add everyone who was found."""
        password_hash = hash_password(DEMO_PASSWORD)
        people = [person | {"password_hash": password_hash} for person in self._people]
        ids = session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), people).all()
        roles = [
            {"person_id": person_id, "role": role, "organisation_id": organisation_id}
            for person_id, (role, organisation_id) in zip(ids, self._posts, strict=True)
        ]
        session.execute(insert(RoleAssignment), roles)
