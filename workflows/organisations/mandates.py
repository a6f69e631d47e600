"""Who administers which organisations and people: the one place that decides (条块结合).

An administrator administers everything. A committee office administers what lies in its region (块), the leader of a
department what lies in its region and sector (条): the organisations below, and the people of these and of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.orm import Session

from workflows.errors import OutOfScope, Refused
from workflows.geography.paths import EVERYWHERE, inside
from workflows.organisations.models import Organisation, OrganisationKind, Person, RoleAssignment
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import NOT_LENT, Role
from workflows.permissions import Territory
from workflows.sentences import sentence

ADMINISTERS = frozenset({Role.ADMINISTRATOR, Role.COMMITTEE_OFFICE, Role.DEPARTMENT_LEADER})
"""The roles with which a person finds the administration at all."""

_COMMITTEES = frozenset({OrganisationKind.PROVINCE_COMMITTEE, OrganisationKind.COMMITTEE})


@dataclass(frozen=True)
class Mandate:
    """What an account administers. `own` are the organisations at which it has the role that the mandate comes from."""

    account: str
    is_administrator: bool = False
    territories: tuple[Territory, ...] = ()
    own: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to administer."""
        return not self.is_administrator and not self.territories

    def looks_after(self, organisation: Organisation) -> bool:
        """Whether the organisation's people are the account's to administer."""
        return organisation.id in self.own or self._holds(organisation)

    def shapes(self, organisation: Organisation) -> bool:
        """Whether the account may rename, move and close the organisation, which lies below its own, or found it."""
        if self.is_administrator:
            return True
        is_peer = organisation.kind in _COMMITTEES and organisation.region_path in {
            it.region_path for it in self.territories
        }
        return organisation.id not in self.own and not is_peer and self._holds(organisation)

    def within(self, statement: Select[Any]) -> Select[Any]:
        """The statement over organisations, confined to those that the account looks after."""
        own = [Organisation.id.in_(sorted(self.own))] if self.own else []
        return statement.where(or_(false(), *own, *map(_lies_in, self.territories)))

    def _holds(self, organisation: Organisation) -> bool:
        return any(it.holds(organisation.region_path, organisation.sector) for it in self.territories)


def mandate_of(session: Session, account: str) -> Mandate:
    """What an account administers through all its roles together; an inactive or unknown one nothing."""
    person = person_by_account(session, account)
    if person is None or not person.active:
        return Mandate(account)
    held = session.execute(
        select(RoleAssignment.role, Organisation)
        .join(Organisation, Organisation.id == RoleAssignment.organisation_id)
        .where(RoleAssignment.person_id == person.id, RoleAssignment.role.in_(ADMINISTERS))
        .order_by(Organisation.id)
    ).all()
    if any(role is Role.ADMINISTRATOR for role, _ in held):
        return Mandate(account, is_administrator=True, territories=(Territory(EVERYWHERE),))
    reached = [(territory, at.id) for role, at in held if (territory := _territory(role, at)) is not None]
    territories = tuple(dict.fromkeys(territory for territory, _ in reached))
    return Mandate(account, territories=territories, own=frozenset(at for _, at in reached))


def ensure_looks_after(mandate: Mandate, organisation: Organisation) -> None:
    """Raises OutOfScope unless the organisation's people are the account's to administer."""
    if not mandate.looks_after(organisation):
        raise _beyond(mandate, organisation.name)


def ensure_shapes(mandate: Mandate, organisation: Organisation) -> None:
    """Raises OutOfScope unless the account may change the organisation itself."""
    if not mandate.shapes(organisation):
        raise _beyond(mandate, organisation.name)


def ensure_administers(mandate: Mandate, person: Person) -> None:
    """Raises OutOfScope unless the person works, and has every role, where the mandate reaches.

    Whoever resets a password can act as its owner: a role that lies further than the mandate would carry it there, and
    so would a role of trust in the system itself.
    """
    if not mandate.looks_after(person.organisation):
        raise _beyond(mandate, person.name)
    if mandate.is_administrator:
        return
    for held in person.roles:
        if held.role in NOT_LENT or not mandate.looks_after(held.organisation):
            raise OutOfScope(
                sentence(
                    "%(who)s has the role %(role)s at %(organisation)s, which lies beyond what you administer",
                    who=person.name,
                    role=held.role,
                    organisation=held.organisation.name,
                )
            )


def ensure_not_oneself(mandate: Mandate, person: Person) -> None:
    """Raises Refused when somebody is about to decide in their own case."""
    if mandate.account == person.account:
        raise Refused(sentence("nobody does this for themselves; ask another administrator"))


def _territory(role: Role, organisation: Organisation) -> Territory | None:
    if role is Role.COMMITTEE_OFFICE:
        return Territory(organisation.region_path)
    if organisation.kind is OrganisationKind.DEPARTMENT and organisation.sector is not None:
        return Territory(organisation.region_path, frozenset({organisation.sector}))
    return None


def _lies_in(territory: Territory) -> ColumnElement[bool]:
    sectors = true() if territory.sectors is None else Organisation.sector.in_(sorted(territory.sectors))
    return and_(inside(Organisation.region_path, territory.region_path), sectors)


def _beyond(mandate: Mandate, name: str) -> OutOfScope:
    return OutOfScope(sentence("%(what)s lies beyond what %(who)s administers", what=name, who=mandate.account))
