"""Where a trial stands: who has what to do, what time will bring, whom it would tell, and what happened so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from engine.definitions.library import form
from engine.errors import EngineError
from engine.history import HistoryKind
from engine.runtime import UnitOfWork
from engine.storage.models import HistoryEvent, Incident, Instance, Job, Subscription, UserTask
from workflows.errors import WorkflowsError
from workflows.escalation.models import Escalation, Notice
from workflows.escalation.outlook import Coming, outlook
from workflows.escalation.steps import EscalationStep
from workflows.hazards.models import Hazard
from workflows.organisations.roles import Role
from workflows.trials.acting import NOT_SAMPLED
from workflows.trials.course import Course, course_of
from workflows.trials.doers import Doer, Holding, doers_of, holdings
from workflows.trials.playing import Played
from workflows.trials.sandbox import next_moment

SAMPLED: Final = "sampled"
MORE_TIME_FOR: Final = "rectify"


@dataclass(frozen=True)
class OpenTask:
    """A task that waits for somebody; `schema` is its form, and `coming` whom time would tell of it, the next first."""

    task: UserTask
    doers: Sequence[Doer]
    holder: str
    schema: Mapping[str, object] | None
    coming: Sequence[Coming]


class Kind(StrEnum):
    """What sort of thing happened, as the page marks it."""

    BEGAN = "began"
    CALLED = "called"
    DONE = "done"
    TOLD = "told"
    FAILED = "failed"
    ENDED = "ended"


@dataclass(frozen=True)
class Reached:
    """Somebody who was told; `held_until` when quiet hours came in between, `in_digest` when with the day's digest."""

    name: str
    role: Role | None
    held_until: datetime | None
    in_digest: bool


@dataclass(frozen=True)
class Happening:
    """One thing that happened in the trial."""

    at: datetime
    kind: Kind
    name: str
    element_id: str
    who: str = ""
    step: EscalationStep | None = None
    reached: Sequence[Reached] = ()
    note: str = ""


@dataclass(frozen=True)
class Scene:
    """Everything that the page of a trial shows of it."""

    now: datetime
    next_moment: datetime | None
    hazard: Hazard | None
    instances: Sequence[Instance]
    tasks: Sequence[OpenTask]
    may_draw: bool
    may_ask_for_more_time: bool
    incidents: Sequence[Incident]
    failed_jobs: Sequence[str]
    happenings: Sequence[Happening]
    people: Mapping[str, Holding]
    course: Course | None


def look_at(played: Played, uow: UnitOfWork) -> Scene:
    """Where a trial stands. `uow` reads the trial's own database."""
    sandbox = played.sandbox
    if not sandbox.number:
        return Scene(uow.now, None, None, (), (), False, False, (), (), (), {}, None)
    hazard = sandbox.hazard(uow)
    coming = _coming(played, uow, hazard)
    tasks = [_open_task(played, uow, task, coming) for task in sandbox.open_tasks(uow)]
    instances = uow.session.scalars(
        select(Instance).where(Instance.business_key == sandbox.number).order_by(Instance.id)
    ).all()
    ids = [instance.id for instance in instances]
    awaited = set(uow.session.scalars(select(Subscription.name).where(Subscription.instance_id.in_(ids))))
    open_incidents = select(Incident).where(Incident.instance_id.in_(ids), Incident.resolved_at.is_(None))
    failed = select(Job.last_error).where(Job.instance_id.in_(ids), Job.last_error.is_not(None))
    accounts = {each.account for some in coming for each in some.recipients}
    return Scene(
        now=uow.now,
        next_moment=next_moment(uow),
        hazard=hazard,
        instances=instances,
        tasks=tasks,
        may_draw=NOT_SAMPLED in awaited or SAMPLED in awaited,
        may_ask_for_more_time=any(task.task.element_id == MORE_TIME_FOR for task in tasks),
        incidents=uow.session.scalars(open_incidents.order_by(Incident.id)).all(),
        failed_jobs=[str(error) for error in uow.session.scalars(failed)],
        happenings=list(_happenings(uow, ids, hazard)),
        people=holdings(uow.session, accounts),
        course=course_of(uow, sandbox.number),
    )


def _coming(played: Played, uow: UnitOfWork, hazard: Hazard) -> list[Coming]:
    """Whom time would tell; nobody when the draft's table or the calendar cannot say."""
    try:
        return outlook(uow, hazard, played.sandbox.timekeeping.calendar)
    except (EngineError, WorkflowsError, ValueError):
        return []


def _open_task(played: Played, uow: UnitOfWork, task: UserTask, coming: Collection[Coming]) -> OpenTask:
    doers = doers_of(uow.session, task, played.sandbox.today)
    held = holdings(uow.session, [task.assignee] if task.assignee else []).values()
    holder = next((person.name for person in held), "")
    schema = form(uow, task.instance.definition.deployment_id, task.form) if task.form else None
    return OpenTask(task, doers, holder, schema, [step for step in coming if step.task.id == task.id])


def _happenings(uow: UnitOfWork, instances: Sequence[int], hazard: Hazard) -> Iterator[Happening]:
    """What happened, the last first; of what happened at one moment, what was written last."""
    found = [*_of_history(uow, instances), *_of_escalations(uow, hazard)]
    found.sort(key=lambda happening: happening.at)
    yield from reversed(found)


TOLD_OF: Final = {
    HistoryKind.INSTANCE_STARTED.value: Kind.BEGAN,
    HistoryKind.PROCESS_ENTERED.value: Kind.CALLED,
    HistoryKind.TASK_COMPLETED.value: Kind.DONE,
    HistoryKind.INCIDENT_RAISED.value: Kind.FAILED,
    HistoryKind.INSTANCE_COMPLETED.value: Kind.ENDED,
}


def _of_history(uow: UnitOfWork, instances: Sequence[int]) -> Iterator[Happening]:
    wanted = select(HistoryEvent).where(HistoryEvent.instance_id.in_(instances), HistoryEvent.kind.in_(TOLD_OF))
    events = uow.session.scalars(wanted.order_by(HistoryEvent.id)).all()
    people = holdings(uow.session, {event.actor for event in events if event.actor})
    for event in events:
        who = people.get(event.actor or "")
        yield Happening(
            at=event.at,
            kind=TOLD_OF[event.kind],
            name=event.element_name or event.process_id or "",
            element_id=event.element_id or "",
            who=who.name if who is not None and event.kind == HistoryKind.TASK_COMPLETED else "",
            note=str(event.data.get("message", "")),
        )


def _of_escalations(uow: UnitOfWork, hazard: Hazard) -> Iterator[Happening]:
    steps = uow.session.execute(
        select(Escalation, UserTask.name, UserTask.element_id)
        .join(UserTask, UserTask.id == Escalation.task_id)
        .where(Escalation.hazard_id == hazard.id)
        .order_by(Escalation.id)
    ).all()
    ids = [escalation.id for escalation, _, _ in steps]
    notices = uow.session.scalars(select(Notice).where(Notice.escalation_id.in_(ids)).order_by(Notice.id)).all()
    people = holdings(uow.session, {notice.recipient for notice in notices})
    for escalation, name, element_id in steps:
        told = [_reached(it, people) for it in notices if it.escalation_id == escalation.id]
        yield Happening(escalation.at, Kind.TOLD, name, element_id, step=escalation.step, reached=told)


def _reached(notice: Notice, people: Mapping[str, Holding]) -> Reached:
    person = people.get(notice.recipient)
    held = notice.deliver_at if notice.deliver_at > notice.created_at and not notice.for_digest else None
    return Reached(
        name=person.name if person else notice.recipient,
        role=person.role if person else None,
        held_until=held,
        in_digest=notice.for_digest,
    )
