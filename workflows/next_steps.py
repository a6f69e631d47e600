"""What comes next for a hazard if a task is completed so: who would have what to do by when, told in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.runtime import Runtime, UnitOfWork
from engine.tasks import Actor
from engine.tasks.preview import Awaited, Outlook, preview
from workflows.escalation.posts import Post, post_of
from workflows.hazards.facts import hazard_by_number
from workflows.hazards.words import Stage
from workflows.organisations.models import Organisation, Person
from workflows.organisations.roles import Role

USER, GROUP = "user:", "group:"


@dataclass(frozen=True)
class Receiver:
    """Who would have a task: some roles at an organisation, or one person of it."""

    organisation: str
    roles: tuple[Role, ...] = ()
    person: str = ""


@dataclass(frozen=True)
class NextStep:
    """A task that would be open, with whom and until when."""

    task: str
    receivers: tuple[Receiver, ...]
    due_at: datetime | None


@dataclass(frozen=True)
class NextSteps:
    """Everything that would follow; `stage` is where the hazard would stand, None when the task is about none."""

    steps: tuple[NextStep, ...]
    stage: Stage | None
    has_ended: bool
    has_failed: bool


def next_steps(
    runtime: Runtime, task_id: int, actor: Actor, data: dict[str, Any], *, number: str, expected_version: int | None
) -> NextSteps:
    """What completing a task with these answers would lead to; nothing of it happens. Raises what completing raises."""

    def look(uow: UnitOfWork, outlook: Outlook) -> NextSteps:
        hazard = hazard_by_number(uow.session, number)
        names = _Names.of(uow, outlook.awaited)
        return NextSteps(
            steps=tuple(NextStep(it.name, tuple(names.receivers(it)), it.due_at) for it in outlook.awaited),
            stage=hazard.stage if hazard is not None else None,
            has_ended=outlook.has_ended,
            has_failed=bool(outlook.failures),
        )

    return preview(runtime, task_id, actor, data, look, expected_version=expected_version)


@dataclass(frozen=True)
class _Names:
    """The names of organisations and people, read for all tasks at once."""

    organisations: Mapping[int, str]
    people: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, uow: UnitOfWork, awaited: Iterable[Awaited]) -> _Names:
        identities = {identity for each in awaited for identity in _identities(each)}
        posts = {post_of(it.removeprefix(GROUP)) for it in identities if it.startswith(GROUP)}
        accounts = {it.removeprefix(USER) for it in identities if it.startswith(USER)}
        named = select(Organisation.id, Organisation.name).where(
            Organisation.id.in_({it.organisation_id for it in posts})
        )
        known = (
            select(Person.account, Person.name, Organisation.name)
            .join(Person.organisation)
            .where(Person.account.in_(accounts))
        )
        return cls(
            organisations={id: name for id, name in uow.session.execute(named)},  # noqa: A001, C416 - rows are no pairs
            people={account: (name, place) for account, name, place in uow.session.execute(known)},
        )

    def receivers(self, task: Awaited) -> Iterable[Receiver]:
        """Who would have a task: its holder, or else all whom it is offered to, the roles of one place together."""
        identities = _identities(task)
        for account in (it.removeprefix(USER) for it in identities if it.startswith(USER)):
            name, place = self.people.get(account, (account, ""))
            yield Receiver(place, person=name)
        by_place: dict[int, list[Post]] = {}
        for post in (post_of(it.removeprefix(GROUP)) for it in identities if it.startswith(GROUP)):
            by_place.setdefault(post.organisation_id, []).append(post)
        for place, posts in by_place.items():
            yield Receiver(self.organisations.get(place, ""), tuple(post.role for post in posts))


def _identities(task: Awaited) -> tuple[str, ...]:
    return (f"{USER}{task.assignee}",) if task.assignee else task.candidates
