"""Who takes care of a hazard's late deadlines, and what the reader of its page was told and may acknowledge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from web.pages.names import names_of
from workflows.escalation.models import Acknowledgement, Notice
from workflows.escalation.reading import STILL_DUE
from workflows.escalation.steps import LEVELS, EscalationStep


@dataclass(frozen=True)
class Care:
    """That somebody takes care: who, since when, in what words, and until when it stops later steps."""

    who: str
    at: datetime
    words: str
    holds_until: datetime | None


@dataclass(frozen=True)
class Unanswered:
    """A late deadline of which the reader was told and has not acknowledged it: the newest notice of its task."""

    notice_id: int
    task: str
    step: EscalationStep


def care_of(uow: UnitOfWork, given: Iterable[Acknowledgement]) -> dict[int, Care]:
    """Some acknowledgements as they are shown, by id."""
    given = list(given)
    names = names_of(uow, [it.by for it in given])
    return {it.id: Care(names[it.by], it.at, it.words, it.holds_until) for it in given}


def unanswered_by(uow: UnitOfWork, account: str, escalation_ids: Sequence[int]) -> Sequence[Unanswered]:
    """What a person was told by some escalations and may acknowledge, one for each task, the newest first."""
    answered = exists().where(
        Acknowledgement.task_id == Notice.task_id,
        Acknowledgement.due_at == Notice.due_at,
        Acknowledgement.step == Notice.step,
        Acknowledgement.by == account,
    )
    wanted = (
        select(Notice.id, UserTask.id, UserTask.name, Notice.step, answered)
        .join(UserTask, UserTask.id == Notice.task_id)
        .where(Notice.escalation_id.in_(escalation_ids), Notice.recipient == account)
        .where(Notice.delivered_at.is_not(None), Notice.step.in_(LEVELS), STILL_DUE)
        .order_by(Notice.id.desc())
    )
    newest: dict[int, Unanswered | None] = {}
    for notice_id, task_id, task, step, is_answered in uow.session.execute(wanted):
        newest.setdefault(task_id, None if is_answered else Unanswered(notice_id, task, step))
    return [it for it in newest.values() if it is not None]
