"""Everything that the page of one task shows, gathered in one reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine.definitions.library import form as deployed_form
from engine.errors import NotFound
from engine.history import of_instance
from engine.runtime import UnitOfWork
from engine.storage.models import HistoryEvent, Instance, TaskStatus, UserTask
from engine.tasks import Actor, may_work
from web.forms import Filled, Part, answer_in_words, fields, read_schema
from web.pages.cards import Card, cards
from web.pages.facts import Fact, facts_of
from web.pages.names import names_of
from web.pages.path import Picture, pictures
from web.pages.timeline import Happening, Teller

ACTING = "serviceTask"


@dataclass(frozen=True)
class Refusal:
    """Why the last submission was not accepted: errors by field, or a message about the task as a whole."""

    errors: Mapping[str, str] = field(default_factory=dict)
    message: str = ""


NOTHING_REFUSED = Refusal()


@dataclass(frozen=True)
class Desk:
    """One task as its page shows it. `request_key` makes sending the same page twice the same as once."""

    card: Card
    facts: Sequence[Fact]
    parts: Sequence[Part]
    filled: Filled
    refusal: Refusal
    may_work: bool
    names: Mapping[str, str]
    path: Sequence[Picture]
    happenings: Sequence[Happening]
    request_key: str

    @property
    def task(self) -> UserTask:
        return self.card.task

    @property
    def is_open(self) -> bool:
        return self.task.status is TaskStatus.OPEN

    @property
    def labels(self) -> Mapping[str, str]:
        """The fields' labels by key."""
        return {each.key: each.label for each in fields(self.parts)}

    @property
    def answers(self) -> Sequence[tuple[str, str]]:
        """What stands in the form, in words: of an ended task what was sent, else what the person had typed."""
        entered = self.filled.shown if self.is_open or self.refusal.message else self.task.outcome or {}
        answered = ((each.label, answer_in_words(each, entered.get(each.key))) for each in fields(self.parts))
        return [(label, words) for label, words in answered if words]


def lay_out(
    uow: UnitOfWork, task: UserTask, actor: Actor, *, filled: Filled | None = None, refusal: Refusal = NOTHING_REFUSED
) -> Desk:
    """The page of a task for a person; `filled` and `refusal` are what a refused submission leaves behind."""
    parts = parts_of(uow, task)
    history = of_instance(uow.session, task.instance_id)
    path = pictures(uow, task.instance, history, (task.instance.definition.process_id, task.process_id))
    names = names_of(uow, _accounts(task, history))
    acting = frozenset(node.id for each in path for node in each.diagram.nodes if node.symbol == ACTING)
    return Desk(
        card=cards(uow, [task])[0],
        facts=facts_of(uow, task),
        parts=parts,
        filled=filled or Filled.initially(parts),
        refusal=refusal,
        may_work=task.status is TaskStatus.OPEN and may_work(uow, task, actor),
        names=names,
        path=path,
        happenings=Teller(names, acting).tell(history),
        request_key=uuid4().hex,
    )


def find_task(uow: UnitOfWork, task_id: int) -> UserTask:
    """A task in whatever state, with its instance. Raises NotFound."""
    wanted = select(UserTask).where(UserTask.id == task_id).options(joinedload(UserTask.instance))
    task = uow.session.scalars(wanted).one_or_none()
    if task is None:
        raise NotFound("task", task_id)
    return task


def parts_of(uow: UnitOfWork, task: UserTask) -> tuple[Part, ...]:
    """The parts of a task's form, as deployed with its instance; none for a task without a form."""
    if task.form is None:
        return ()
    return read_schema(deployed_form(uow, task.instance.definition.deployment_id, task.form))


def open_task_names(uow: UnitOfWork, instance_id: int) -> Sequence[str]:
    """What an instance waits for people to do now."""
    names = select(UserTask.name).where(UserTask.instance_id == instance_id, UserTask.status == TaskStatus.OPEN)
    return uow.session.scalars(names.order_by(UserTask.id)).all()




def _accounts(task: UserTask, history: Sequence[HistoryEvent]) -> list[str | None]:
    told = [event.data.get("to") for event in history]
    return [task.assignee, task.owner, task.completed_by, *told, *(event.actor for event in history)]
