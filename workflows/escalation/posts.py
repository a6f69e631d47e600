"""People as candidate groups name them, each with whoever stands in for them on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, select, tuple_
from sqlalchemy.orm import Session, aliased

from workflows.organisations.models import Delegation, Person, RoleAssignment
from workflows.organisations.roles import Role


@dataclass(frozen=True, order=True)
class Post:
    """A role at an organisation."""

    organisation_id: int
    role: Role


def post_of(group: str) -> Post:
    """The post that a candidate group such as `closer@7` names. Raises ValueError."""
    role, _, organisation_id = group.partition("@")
    return Post(int(organisation_id), Role(role))


def present(session: Session, accounts: Iterable[str], on: date) -> list[str]:
    """Those of these accounts that are active, each after the deputies that it has on a day."""
    wanted = sorted(accounts)
    if not wanted:
        return []
    found = session.execute(_with_deputies(on).where(Person.account.in_(wanted)))
    return list(dict.fromkeys(account for person, deputy in found for account in (deputy, person) if account))


def holders_of(session: Session, posts: Iterable[Post], on: date) -> list[tuple[str, Post]]:
    """The active people who have one of these posts, each after the deputies of a day, and the post they have."""
    wanted = sorted(set(posts))
    if not wanted:
        return []
    held = tuple_(RoleAssignment.organisation_id, RoleAssignment.role)
    query = (
        _with_deputies(on)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .add_columns(RoleAssignment.organisation_id, RoleAssignment.role)
        .where(held.in_([(post.organisation_id, post.role) for post in wanted]))
    )
    found = [
        (account, Post(organisation_id, role))
        for person, deputy, organisation_id, role in session.execute(query)
        for account in (deputy, person)
        if account
    ]
    return list(dict.fromkeys(found))


def workplaces_of(session: Session, accounts: Iterable[str]) -> frozenset[int]:
    """The organisations at which these people have a role."""
    held = (
        select(RoleAssignment.organisation_id).join(RoleAssignment.person).where(Person.account.in_(sorted(accounts)))
    )
    return frozenset(session.scalars(held))


def _with_deputies(on: date) -> Select[*tuple[Any, ...]]:
    """Active people, the longest known first, each with the account of an active deputy on a day."""
    deputy = aliased(Person)
    on_leave = and_(
        Delegation.person_id == Person.id,
        Delegation.first_day <= on,
        Delegation.last_day >= on,
        Delegation.ended_at.is_(None),
    )
    return (
        select(Person.account, deputy.account)
        .outerjoin(Delegation, on_leave)
        .outerjoin(deputy, and_(deputy.id == Delegation.deputy_id, deputy.active))
        .where(Person.active)
        .order_by(Person.id, deputy.id)
    )
