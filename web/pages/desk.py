"""Everything that the page of one task shows, gathered in one reading."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from engine.history import of_instance
from engine.runtime import UnitOfWork
from engine.storage.models import HistoryEvent, TaskStatus, UserTask
from engine.tasks import Actor, may_work
from web import uploads
from web.diagrams.model import Node
from web.forms import Filled, Part, fields, outcome_of
from web.pages.cards import Card, cards
from web.pages.comments import Thread, thread_of
from web.pages.entries import Answer, answers_to, entries_of, parts_of
from web.pages.evidence import Exhibit, Exhibits, exhibits_of, handed_in
from web.pages.extending import Extension, extension_of
from web.pages.facts import Fact, facts_of, reason_of_return
from web.pages.names import names_of
from web.pages.outlook import Outlook
from web.pages.path import Picture, pictures
from web.pages.timeline import Happening, Teller
from workflows.drafts import Draft, draft_of, first_answers
from workflows.hazards.facts import hazard_by_number

ACTING = "serviceTask"
REMINDING = "escalate"
"""The service task whose work its timer's entry tells already."""


@dataclass(frozen=True)
class Refusal:
    """Why the last submission was not accepted: errors by field, or a message about the task as a whole."""

    errors: Mapping[str, str] = dataclasses.field(default_factory=dict)
    message: str = ""


NOTHING_REFUSED = Refusal()


@dataclass(frozen=True)
class Desk:
    """One task as its page shows it. `sent_back` says why the hazard is with its unit again; `request_key` makes
    sending the same page twice the same as once. `draft` is what the person had typed before, if it stands in the form
    now or is still there of an ended task; `outlook` what would follow, once it was asked for."""

    card: Card
    sent_back: str
    facts: Sequence[Fact]
    evidence: Sequence[Exhibits]
    parts: Sequence[Part]
    filled: Filled
    refusal: Refusal
    may_work: bool
    names: Mapping[str, str]
    path: Sequence[Picture]
    happenings: Sequence[Happening]
    request_key: str
    draft: Draft | None
    outlook: Outlook
    extension: Extension | None
    thread: Thread | None
    files: Mapping[str, Exhibit]

    @property
    def outcome(self) -> str:
        """The key of the question that decides which way the work goes; empty without one."""
        decisive = outcome_of(self.parts)
        return decisive.key if decisive else ""

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
    def answers(self) -> Sequence[Answer]:
        """What stands in the form, in words: of an ended task what was sent, else what the person had typed."""
        entered = self.filled.shown if self.shows_what_was_typed else self.task.outcome or {}
        return answers_to(self.parts, entered, with_files=not self.shows_what_was_typed)

    def exhibits(self, answer: Answer) -> Sequence[Exhibit]:
        """The files of an answer."""
        return [self.files[reference] for reference in answer.files]

    @property
    def shows_what_was_typed(self) -> bool:
        """Whether the page shows the person's own entries rather than what was sent."""
        return self.is_open or bool(self.refusal.message)

    @property
    def lost_draft(self) -> Sequence[Answer]:
        """What the person had typed into a task that somebody else ended meanwhile, in words."""
        if self.draft is None or self.shows_what_was_typed:
            return ()
        return answers_to(self.parts, self.draft.answers, with_files=False)


def lay_out(
    uow: UnitOfWork,
    task: UserTask,
    actor: Actor,
    *,
    filled: Filled | None = None,
    refusal: Refusal = NOTHING_REFUSED,
    outlook: Outlook | None = None,
) -> Desk:
    """The page of a task for a person; `filled`, `refusal` and `outlook` are what an earlier request leaves behind."""
    parts = parts_of(uow, task)
    draft = draft_of(uow.session, task.id, actor.user) if filled is None else None
    hazard = hazard_by_number(uow.session, task.business_key)
    history = of_instance(uow.session, task.instance_id)
    path = pictures(uow, task.instance, history, (task.instance.definition.process_id, task.process_id))
    names = names_of(uow, _accounts(task, history))
    acting = frozenset(node.id for each in path for node in each.diagram.nodes if _is_worth_telling(node))
    return Desk(
        card=cards(uow, [task])[0],
        sent_back=reason_of_return(uow, task),
        facts=facts_of(uow, task),
        evidence=exhibits_of(uow, task.business_key, actor),
        parts=parts,
        filled=filled or _begun(uow, task, parts, draft),
        refusal=refusal,
        may_work=task.status is TaskStatus.OPEN and may_work(uow, task, actor),
        names=names,
        path=path,
        happenings=Teller(names, acting, entries_of(uow, task.instance_id)).tell(history),
        request_key=uuid4().hex,
        draft=draft if task.status is TaskStatus.OPEN or task.completed_by != actor.user else None,
        outlook=outlook or Outlook(),
        extension=extension_of(uow, task, hazard, actor) if hazard is not None else None,
        thread=thread_of(uow, hazard, actor) if hazard is not None else None,
        files=handed_in(uow, task, _references(parts, task)),
    )


def _begun(uow: UnitOfWork, task: UserTask, parts: Sequence[Part], draft: Draft | None) -> Filled:
    """The form as a person finds it: with the draft, or else with what is known already."""
    answers = draft.answers if draft is not None else first_answers(uow.session, task)
    return Filled.initially(parts).beginning_with(answers, parts, uploads)


def _references(parts: Sequence[Part], task: UserTask) -> Sequence[str]:
    """The files that were handed in with a task."""
    return [file for each in answers_to(parts, task.outcome or {}, with_files=True) for file in each.files]


def open_task_names(uow: UnitOfWork, instance_id: int) -> Sequence[str]:
    """What an instance waits for people to do now."""
    names = select(UserTask.name).where(UserTask.instance_id == instance_id, UserTask.status == TaskStatus.OPEN)
    return uow.session.scalars(names.order_by(UserTask.id)).all()


def _accounts(task: UserTask, history: Sequence[HistoryEvent]) -> list[str | None]:
    told = [event.data.get("to") for event in history]
    return [task.assignee, task.owner, task.completed_by, *told, *(event.actor for event in history)]


def _is_worth_telling(node: Node) -> bool:
    return node.symbol == ACTING and node.id != REMINDING
