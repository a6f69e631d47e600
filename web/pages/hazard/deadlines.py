"""The time limits of a hazard: in force, first set, extended; and the reminders of them, past and to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from web.pages.hazard.care import Care, Unanswered, care_of, unanswered_by
from web.pages.hazard.told import Told, in_words, people_of, told_of
from web.times import Due, left_until
from web.wiring import settings
from workflows.errors import CalendarNotCovered
from workflows.escalation.models import Acknowledgement, Escalation
from workflows.escalation.outlook import Coming, outlook
from workflows.escalation.steps import EscalationStep
from workflows.escalation.stopping import acknowledgements_of
from workflows.extension_request import ExtensionRequest, requests_of
from workflows.hazards.guard import FINAL
from workflows.hazards.models import Hazard

LATEST = 4
"""How many past reminders stand beside the limits; all of them stand in the chronicle."""


@dataclass(frozen=True)
class Reminder:
    """A step that was taken, or will be taken unless its task ends first.

    `stopped_by` is whoever takes care so that it was not taken, or will not be; `care` are those who acknowledged it.
    """

    at: datetime
    step: EscalationStep
    task: str
    told: Sequence[Told]
    is_to_come: bool
    stopped_by: Care | None = None
    care: Sequence[Care] = ()


@dataclass(frozen=True)
class Deadlines:
    """The limits of the rectification, the requests to move them, and the reminders in order of time.

    `unanswered` is what the reader was told and may acknowledge.
    """

    due: Due | None
    original: datetime | None
    extensions: Sequence[ExtensionRequest]
    past: Sequence[Reminder]
    more_past: bool
    coming: Sequence[Reminder]
    unanswered: Sequence[Unanswered]


def deadlines_of(uow: UnitOfWork, hazard: Hazard, account: str) -> Deadlines:
    """Everything about a hazard's time limits for a reader; nothing is to come for one that is closed or void."""
    taken = _taken(uow, hazard)
    ids = [escalation.id for escalation, _ in taken]
    past = _past(uow, taken)
    return Deadlines(
        due=_due(uow, hazard),
        original=hazard.original_due_at if hazard.original_due_at != hazard.due_at else None,
        extensions=requests_of(uow.session, hazard.id),
        past=past[:LATEST][::-1],
        more_past=len(past) > LATEST,
        coming=_to_come(uow, _coming(uow, hazard)),
        unanswered=unanswered_by(uow, account, ids) if ids else (),
    )


def _past(uow: UnitOfWork, taken: Sequence[tuple[Escalation, str]]) -> Sequence[Reminder]:
    told = told_of(uow, [it.id for it, _ in taken])
    given = [it for some in acknowledgements_of(uow.session, {it.task_id for it, _ in taken}).values() for it in some]
    care = care_of(uow, given)
    return [
        Reminder(
            it.at,
            it.step,
            task,
            told.get(it.id, ()),
            is_to_come=False,
            stopped_by=care.get(it.stopped_by_id or 0),
            care=[care[each.id] for each in given if _is_of(each, it)],
        )
        for it, task in taken
    ]


def _to_come(uow: UnitOfWork, coming: Sequence[Coming]) -> Sequence[Reminder]:
    people = people_of(uow, [recipient.account for it in coming for recipient in it.recipients])
    care = care_of(uow, {it.stopped_by.id: it.stopped_by for it in coming if it.stopped_by is not None}.values())
    return [
        Reminder(
            it.at,
            it.step,
            it.task.name,
            in_words((recipient.account for recipient in it.recipients), people),
            is_to_come=True,
            stopped_by=care[it.stopped_by.id] if it.stopped_by is not None else None,
        )
        for it in coming
    ]


def _is_of(given: Acknowledgement, taken: Escalation) -> bool:
    """Whether somebody acknowledged this very step."""
    return (given.task_id, given.due_at, given.step) == (taken.task_id, taken.due_at, taken.step)


def _due(uow: UnitOfWork, hazard: Hazard) -> Due | None:
    is_rectified = hazard.rectified_at is not None or hazard.stage in FINAL
    return None if is_rectified else left_until(hazard.due_at, uow.now, settings().calendar)


def _taken(uow: UnitOfWork, hazard: Hazard) -> Sequence[tuple[Escalation, str]]:
    wanted = (
        select(Escalation, UserTask.name)
        .join(UserTask, UserTask.id == Escalation.task_id)
        .where(Escalation.hazard_id == hazard.id)
        .order_by(Escalation.id.desc())
        .limit(LATEST + 1)
    )
    return [(row[0], row[1]) for row in uow.session.execute(wanted)]


def _coming(uow: UnitOfWork, hazard: Hazard) -> Sequence[Coming]:
    if hazard.stage in FINAL:
        return []
    try:
        return outlook(uow, hazard, settings().calendar)
    except CalendarNotCovered:
        return []
