"""The ways on which open tasks reach a person: each is read from an index of its own, in the order of due dates."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, literal, or_, select
from sqlalchemy.sql.elements import SQLColumnExpression

from engine.storage.base import UtcDateTime
from engine.storage.models import NO_DUE_DATE, TaskCandidate, TaskStatus, UserTask
from engine.tasks.actor import Actor

OWN: Final = ""
"""Stands for the person's own name where somebody stood in for could be named; it sorts before every account."""

Found = Select[int, datetime, str, int]


class Share(StrEnum):
    """All that reaches a person, or only what comes to them by name, or only what is offered to their groups."""

    ALL = "all"
    MINE = "mine"
    GROUPS = "groups"


@dataclass(frozen=True)
class Way:
    """One way: the statement that reads it, with the columns by which it is ordered, and for whom it leads there."""

    found: Found
    due_at: SQLColumnExpression[datetime]
    task_id: SQLColumnExpression[int]
    whose: str


def ways_to(actor: Actor, share: Share = Share.ALL) -> Iterator[Way]:
    """Every way to a person, at least one: what they hold, what those hold whom they stand in for, what is offered."""
    if share is not Share.GROUPS:
        for account in sorted(actor.accounts):
            yield _held_by(account, OWN if account == actor.user else account)
    lent = [(identity, who) for who in sorted(actor.stands_in_for) for identity in actor.identities_of(who)]
    for identity, whose in [*((identity, OWN) for identity in actor.own_identities), *lent]:
        if share is not _other_than(identity):
            yield _offered_to(identity, whose)
    if share is Share.GROUPS and not actor.groups:
        yield _offered_to("group:", OWN)


def is_free_for(actor: Actor, whose: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether neither the person is excluded from a task, nor whoever they would do it for."""
    excluded = cast(UserTask.excluded, Text)
    own_name = json.dumps(actor.user, ensure_ascii=False)
    stood_in_for = excluded.contains(literal('"').concat(whose).concat('"'))
    return and_(~excluded.contains(own_name, autoescape=True), or_(whose == OWN, ~stood_in_for))


def _other_than(identity: str) -> Share:
    """The share that an identity does not belong to."""
    return Share.MINE if identity.startswith("group:") else Share.GROUPS


def _held_by(account: str, whose: str) -> Way:
    due_at = func.coalesce(UserTask.due_at, literal(NO_DUE_DATE, UtcDateTime))
    columns = (
        UserTask.id.label("task_id"), due_at.label("due_at"), literal(whose).label("whose"), literal(0).label("grouped")
    )  # fmt: skip
    held = select(*columns).where(UserTask.assignee == account, UserTask.status == TaskStatus.OPEN)
    return Way(held, due_at, UserTask.id, whose)


def _offered_to(identity: str, whose: str) -> Way:
    grouped = literal(int(identity.startswith("group:"))).label("grouped")
    columns = (TaskCandidate.task_id, TaskCandidate.due_at, literal(whose).label("whose"), grouped)
    offered = select(*columns).where(TaskCandidate.identity == identity, TaskCandidate.held.is_(False))
    return Way(offered, TaskCandidate.due_at, TaskCandidate.task_id, whose)
