"""Whom open tasks wait for: the person who has each, or those to whom it is offered, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext
from sqlalchemy import select

from engine.runtime import UnitOfWork
from engine.storage.models import TaskCandidate, UserTask
from web.pages.names import names_of
from web.words import in_words
from workflows.escalation.posts import Post, post_of
from workflows.organisations.models import Organisation

PERSON = "user:"
GROUP = "group:"


def holders_of(uow: UnitOfWork, tasks: Sequence[UserTask]) -> Mapping[int, str]:
    """By task, whom it waits for; two queries for any number of tasks."""
    offers = _offers(uow, [task.id for task in tasks if task.assignee is None])
    accounts = [identity.removeprefix(PERSON) for some in offers.values() for identity in some]
    names = names_of(uow, [*accounts, *(task.assignee for task in tasks)])
    posts = [
        post_of(identity.removeprefix(GROUP)) for some in offers.values() for identity in some if _is_group(identity)
    ]
    bodies = _bodies(uow, posts)

    def offered(identity: str) -> str:
        if not _is_group(identity):
            return names[identity.removeprefix(PERSON)]
        post = post_of(identity.removeprefix(GROUP))
        return gettext("%(role)s of %(body)s", role=in_words(post.role), body=bodies.get(post.organisation_id, ""))

    return {
        task.id: names[task.assignee] if task.assignee else gettext(", ").join(map(offered, offers.get(task.id, ())))
        for task in tasks
    }


def _is_group(identity: str) -> bool:
    return identity.startswith(GROUP)


def _offers(uow: UnitOfWork, task_ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    wanted = select(TaskCandidate.task_id, TaskCandidate.identity).where(TaskCandidate.task_id.in_(task_ids))
    offers: dict[int, list[str]] = {}
    for task_id, identity in uow.session.execute(wanted.order_by(TaskCandidate.identity)):
        offers.setdefault(task_id, []).append(identity)
    return offers


def _bodies(uow: UnitOfWork, posts: Iterable[Post]) -> Mapping[int, str]:
    wanted = {post.organisation_id for post in posts}
    found = uow.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted)))
    return {row.id: row.name for row in found}
