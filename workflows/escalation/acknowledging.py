"""Acknowledging (知悉并处理): whoever was told of a deadline says that they take care of it, once for each step."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.events import publish
from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus, UserTask
from workflows.calendar import DurationUnit, WorkingCalendar
from workflows.errors import InvalidRecord, Refused, UnknownRecord
from workflows.escalation.models import Acknowledgement, Notice
from workflows.escalation.policy import rules
from workflows.escalation.reading import mark_task_read
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard
from workflows.records import Record
from workflows.sentences import sentence

LONGEST: Final = 500
"""Characters that somebody may say when acknowledging."""


def acknowledge(
    uow: UnitOfWork, account: str, notice_id: int, words: str, calendar: WorkingCalendar
) -> Acknowledgement:
    """Put on record that the recipient of a notice takes care of what it tells.

    What they were told of the same task until then counts as read. The second time it gives the record of the first
    and changes nothing, even when both come at once. Raises UnknownRecord for a notice that is somebody else's or was
    not delivered yet, InvalidRecord for words that cannot be kept, Refused when the task has ended or was given more
    time, and CalendarNotCovered.
    """
    said = _checked(words)
    notice = _own(uow.session, account, notice_id)
    given = _given(uow.session, notice)
    if given is None:
        task, hazard = _still_due(uow.session, notice), hazard_of(uow.session, notice.hazard_number)
        given = _write(uow, notice, hazard, said, _holds_until(uow, task, hazard, notice, calendar))
        _publish(uow, given, task)
    mark_task_read(uow, account, notice)
    return given


def _checked(words: str) -> str:
    said = words.replace("\r\n", "\n").strip()
    if len(said) > LONGEST:
        raise InvalidRecord({"words": sentence("at most %(most)s characters fit", most=LONGEST)})
    if "\x00" in said:
        raise InvalidRecord({"words": sentence("it has characters that cannot be stored")})
    return said


def _own(session: Session, account: str, notice_id: int) -> Notice:
    """The notice, locked: whoever sends the same a second time waits, and then sees what the first has done."""
    notice = session.get(Notice, notice_id, with_for_update=True)
    if notice is None or notice.recipient != account or notice.delivered_at is None:
        raise UnknownRecord(Record.NOTICE, notice_id)
    return notice


def _given(session: Session, notice: Notice) -> Acknowledgement | None:
    return session.scalars(
        select(Acknowledgement).where(
            Acknowledgement.task_id == notice.task_id,
            Acknowledgement.due_at == notice.due_at,
            Acknowledgement.step == notice.step,
            Acknowledgement.by == notice.recipient,
        )
    ).one_or_none()


def _still_due(session: Session, notice: Notice) -> UserTask:
    task = session.get_one(UserTask, notice.task_id)
    if task.status is not TaskStatus.OPEN or task.due_at is None or task.due_at > notice.due_at:
        raise Refused(sentence("nothing is left to take care of: the task has ended or was given more time"))
    return task


def _holds_until(
    uow: UnitOfWork, task: UserTask, hazard: Hazard, notice: Notice, calendar: WorkingCalendar
) -> datetime | None:
    """The end of the last of the working days that the table gives; None when it gives none."""
    asked = rules(uow, task.instance_id, hazard.severity, listed=hazard.listed)
    days = next((rule.holds_for for rule in asked if rule.step is notice.step), 0)
    return calendar.due_after(uow.now, days, DurationUnit.WORKING_DAY) if days else None


def _write(uow: UnitOfWork, notice: Notice, hazard: Hazard, said: str, holds_until: datetime | None) -> Acknowledgement:
    given = Acknowledgement(
        hazard_id=hazard.id, task_id=notice.task_id, due_at=notice.due_at, step=notice.step, by=notice.recipient,
        as_leader=notice.for_digest, words=said, at=uow.now, holds_until=holds_until,
    )  # fmt: skip
    uow.session.add(given)
    uow.session.flush()
    return given


def _publish(uow: UnitOfWork, given: Acknowledgement, task: UserTask) -> None:
    facts = {
        "acknowledgement": given.id,
        "hazard": task.business_key,
        "task": task.id,
        "element": task.element_id,
        "name": task.name,
        "step": given.step.value,
        "level": given.step.level.value,
        "due_at": given.due_at.isoformat(),
        "by": given.by,
        "as_leader": given.as_leader,
        "words": given.words,
        "holds_until": given.holds_until.isoformat() if given.holds_until else None,
    }
    publish(uow, "deadline.acknowledged", task.business_key, facts)
