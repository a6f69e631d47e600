"""Who may do a task, as people with a role at an organisation; and whom a script means by a role or an account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.storage.models import TaskCandidate, UserTask
from engine.tasks import Actor
from workflows.escalation.posts import Post, holders_of, post_of, present
from workflows.organisations.models import Organisation, Person, RoleAssignment
from workflows.organisations.people import actor_for
from workflows.organisations.roles import Role
from workflows.trials.script import ANYBODY

USER, GROUP = "user:", "group:"


@dataclass(frozen=True)
class Doer:
    """A person who may do a task, in the role in which it is offered to them."""

    account: str
    name: str
    role: Role | None
    organisation: str


@dataclass(frozen=True)
class Holding:
    """A person's name and the first role they have, with its organisation."""

    name: str
    role: Role | None
    organisation: str


def doers_of(session: Session, task: UserTask, on: date) -> list[Doer]:
    """Everyone who may do a task on a day, as the engine has it: its holder, or all whom it is offered to."""
    accounts = _offered(session, task, on)
    held = holdings(session, accounts)
    found = (account for account in accounts if account not in task.excluded)
    return [Doer(it, held[it].name, held[it].role, held[it].organisation) for it in found if it in held]


def actor_of(session: Session, task: UserTask, by: str, on: date) -> Actor | None:
    """The person whom a script means: an account, anybody, or the first in a role who may; None without one."""
    doers = doers_of(session, task, on)
    if by == ANYBODY:
        return actor_for(session, doers[0].account) if doers else None
    if by in set(Role):
        named = next((doer for doer in doers if doer.role is Role(by)), None)
        return actor_for(session, named.account) if named else None
    known = session.scalar(select(Person.id).where(Person.account == by))
    return actor_for(session, by) if known is not None else None


def name_of(doers: Sequence[Doer], account: str) -> str:
    """How a script names one of those who may do a task: by the role of its first holder, else by the account."""
    chosen = next((doer for doer in doers if doer.account == account), None)
    if chosen is None or chosen.role is None:
        return account
    first = next(doer for doer in doers if doer.role is chosen.role)
    return chosen.role.value if first is chosen else account


def holdings(session: Session, accounts: Iterable[str]) -> Mapping[str, Holding]:
    """The people with these accounts, each with the first of their roles."""
    rows = session.execute(
        select(Person.account, Person.name, RoleAssignment.role, Organisation.name)
        .outerjoin(RoleAssignment, RoleAssignment.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == RoleAssignment.organisation_id)
        .where(Person.account.in_(set(accounts)))
        .order_by(RoleAssignment.role.desc())
    )
    return {account: Holding(name, role, place or "") for account, name, role, place in rows}


def _offered(session: Session, task: UserTask, on: date) -> list[str]:
    if task.assignee is not None:
        return [task.assignee]
    offered = select(TaskCandidate.identity).where(TaskCandidate.task_id == task.id).order_by(TaskCandidate.identity)
    identities = session.scalars(offered).all()
    accounts = [it.removeprefix(USER) for it in identities if it.startswith(USER)]
    named = present(session, accounts, on)
    return list(dict.fromkeys([*named, *(account for account, _ in holders_of(session, _posts(identities), on))]))


def _posts(identities: Iterable[str]) -> Iterator[Post]:
    """The posts among these identities; a group that a draft made up has nobody in it."""
    for identity in identities:
        if identity.startswith(GROUP):
            with suppress(ValueError):
                yield post_of(identity.removeprefix(GROUP))
