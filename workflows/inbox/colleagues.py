"""Who could do a task in somebody's place: the others whom it is offered to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, contains_eager

from engine.storage.models import TaskCandidate, UserTask
from engine.tasks import Actor
from workflows.organisations.models import Person, RoleAssignment

SHOWN = 20
"""So many names are a list one can read; whoever is not among them is found by typing more."""


def colleagues_for(session: Session, task: UserTask, actor: Actor, name: str = "") -> Sequence[Person]:
    """The first people, by name, whom the task is offered to and who may do it; `name` is part of theirs, if given."""
    people = _offered_to(session, task)
    if people is None:
        return []
    people = people.where(Person.active, Person.account.not_in([actor.user, *task.excluded]))
    if task.assignee is not None:
        people = people.where(Person.account != task.assignee)
    if name.strip():
        people = people.where(Person.name.contains(name.strip(), autoescape=True))
    return session.scalars(people.order_by(Person.name, Person.id).limit(SHOWN)).all()


def is_colleague(session: Session, task: UserTask, actor: Actor, account: str) -> bool:
    """Whether the task may be delegated to this account."""
    people = _offered_to(session, task)
    if people is None or account in {actor.user, *task.excluded}:
        return False
    return session.scalars(people.where(Person.active, Person.account == account)).first() is not None


def _offered_to(session: Session, task: UserTask) -> Select[Person] | None:
    identities = session.scalars(select(TaskCandidate.identity).where(TaskCandidate.task_id == task.id)).all()
    accounts = [name for kind, _, name in (each.partition(":") for each in identities) if kind == "user"]
    groups = [name.rpartition("@") for kind, _, name in (each.partition(":") for each in identities) if kind == "group"]
    members = [
        and_(RoleAssignment.role == role, RoleAssignment.organisation_id == int(organisation))
        for role, _, organisation in groups
        if organisation.isdecimal()
    ]
    if not members and not accounts:
        return None
    in_group = Person.id.in_(select(RoleAssignment.person_id).where(or_(*members))) if members else None
    by_name = Person.account.in_(accounts)
    return (
        select(Person)
        .join(Person.organisation)
        .options(contains_eager(Person.organisation))
        .where(by_name if in_group is None else or_(by_name, in_group))
    )
