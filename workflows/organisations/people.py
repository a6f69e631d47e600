"""Who someone is: the person of an account, the groups a person is in, and the people who have a role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.tasks.actor import Actor
from workflows.errors import UnknownRecord
from workflows.organisations.models import Delegation, Person, RoleAssignment
from workflows.organisations.roles import Role, group_name
from workflows.records import Record


def person_by_account(session: Session, account: str) -> Person | None:
    """The person with this account, active or not."""
    return session.scalars(select(Person).where(Person.account == account)).one_or_none()


def roles_of(session: Session, person: Person) -> Sequence[RoleAssignment]:
    """The roles a person has, each at an organisation."""
    return session.scalars(
        select(RoleAssignment)
        .where(RoleAssignment.person_id == person.id)
        .order_by(RoleAssignment.organisation_id, RoleAssignment.role)
    ).all()


def groups_of(session: Session, person: Person) -> frozenset[str]:
    """The candidate groups a person is in, e.g. `closer@7`."""
    return frozenset(group_name(held.role, held.organisation_id) for held in roles_of(session, person))


def actor_for(session: Session, account: str) -> Actor:
    """The person as the engine's tasks know one. Raises UnknownRecord for an account that is unknown or inactive."""
    person = person_by_account(session, account)
    if person is None or not person.active:
        raise UnknownRecord(Record.ACCOUNT, account)
    held = roles_of(session, person)
    return Actor(
        account,
        frozenset(group_name(each.role, each.organisation_id) for each in held),
        is_administrator=any(each.role is Role.ADMINISTRATOR for each in held),
    )


def members_with_role(session: Session, role: Role, organisation_id: int) -> Sequence[Person]:
    """The active people who have a role at an organisation, the longest known first."""
    return session.scalars(
        select(Person)
        .join(RoleAssignment)
        .where(RoleAssignment.organisation_id == organisation_id, RoleAssignment.role == role, Person.active)
        .order_by(Person.id)
    ).all()


def people_deputised_by(session: Session, deputy: Person, on: date) -> Sequence[Person]:
    """The people for whom this person stands in on a day."""
    return session.scalars(
        select(Person)
        .join(Delegation, Delegation.person_id == Person.id)
        .where(
            Delegation.deputy_id == deputy.id,
            Delegation.first_day <= on,
            Delegation.last_day >= on,
            Delegation.ended_at.is_(None),
        )
        .order_by(Person.id)
    ).all()
