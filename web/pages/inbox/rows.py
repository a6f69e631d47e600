"""The rows of the inbox: each task with its hazard, who has it for whom, and what can be done with it from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from engine.tasks import Actor
from web.pages.cards import Card, cards
from web.pages.names import names_of
from workflows.inbox.batch import Act
from workflows.inbox.confirmable import confirmations
from workflows.inbox.read_marks import unread


@dataclass(frozen=True)
class Row:
    """One line. `on_behalf_of` and `delegated_by` are people's names, empty when the task comes to the person alone."""

    card: Card
    is_mine: bool
    is_unread: bool
    on_behalf_of: str
    delegated_by: str
    acts: tuple[Act, ...]

    @property
    def task(self) -> UserTask:
        return self.card.task


def rows_of(uow: UnitOfWork, tasks: Sequence[UserTask], actor: Actor, on_behalf_of: Mapping[int, str]) -> list[Row]:
    """A row for each task, in the same order."""
    fresh = unread(uow.session, actor.user, [task.id for task in tasks])
    confirmable = confirmations(uow, tasks)
    names = names_of(
        uow, [*on_behalf_of.values(), *(each for task in tasks for each in (task.owner, task.on_behalf_of))]
    )
    return [
        Row(
            card=card,
            is_mine=card.task.assignee == actor.user,
            is_unread=card.task.id in fresh,
            on_behalf_of=names.get(on_behalf_of.get(card.task.id) or card.task.on_behalf_of or "", ""),
            delegated_by=names.get(_delegated_by(card.task, actor), ""),
            acts=_acts(card.task, actor, is_confirmable=card.task.id in confirmable),
        )
        for card in cards(uow, tasks)
    ]


def _delegated_by(task: UserTask, actor: Actor) -> str:
    return task.owner or "" if task.assignee == actor.user and task.owner != actor.user else ""


def _acts(task: UserTask, actor: Actor, *, is_confirmable: bool) -> tuple[Act, ...]:
    claim = (Act.CLAIM,) if task.assignee != actor.user else ()
    return (*claim, Act.CONFIRM) if is_confirmable else claim
