"""Who someone is: the person of an account, the groups a person is in, and the people who have a role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.tasks.actor import Actor
from workflows.errors import UnknownRecord
from workflows.organisations.models import Delegation, Person, RoleAssignment
from workflows.organisations.roles import NOT_LENT, Role, group_name
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


def actor_for(session: Session, account: str, *, on: date | None = None) -> Actor:
    """The person as the engine's tasks know one. On a day `on`, also as the deputy of those who are on leave then.

    Their groups come with them, but for those that go with no deputy. Raises UnknownRecord for an account that is
    unknown or inactive.
    """
    person = person_by_account(session, account)
    if person is None or not person.active:
        raise UnknownRecord(Record.ACCOUNT, account)
    held = roles_of(session, person)
    own = frozenset(group_name(each.role, each.organisation_id) for each in held)
    absent = people_deputised_by(session, person, on) if on is not None else ()
    lent = _groups_lent(session, absent, own)
    return Actor(
        account,
        own | {group for group, _ in lent},
        is_administrator=any(each.role is Role.ADMINISTRATOR for each in held),
        stands_in_for=frozenset(one.account for one in absent),
        lent=lent,
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
    """The active people for whom this person stands in on a day."""
    return session.scalars(
        select(Person)
        .join(Delegation, Delegation.person_id == Person.id)
        .where(
            Delegation.deputy_id == deputy.id,
            Delegation.first_day <= on,
            Delegation.last_day >= on,
            Delegation.ended_at.is_(None),
            Person.active,
        )
        .order_by(Person.id)
    ).all()


def _groups_lent(session: Session, absent: Sequence[Person], own: frozenset[str]) -> frozenset[tuple[str, str]]:
    if not absent:
        return frozenset()
    held = session.execute(
        select(RoleAssignment.role, RoleAssignment.organisation_id, Person.account)
        .join(Person)
        .where(Person.id.in_([one.id for one in absent]), RoleAssignment.role.not_in(NOT_LENT))
    )
    pairs = {(group_name(role, organisation_id), account) for role, organisation_id, account in held}
    return frozenset(pair for pair in pairs if pair[0] not in own)
