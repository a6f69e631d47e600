"""What came of a trial, as plain values that can be compared: the path, the limits, who was told, where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from engine.history import HistoryKind
from engine.runtime import UnitOfWork
from engine.storage.models import HistoryEvent, Instance, InstanceStatus, OutboxEvent, TaskStatus, UserTask
from workflows.escalation.models import Escalation
from workflows.escalation.steps import EscalationStep
from workflows.hazards.facts import hazard_of
from workflows.hazards.register import PROCESS
from workflows.hazards.words import Stage
from workflows.trials.doers import holdings

ESCALATED: Final = "deadline.escalated"
SCHEDULER: Final = "scheduler"


@dataclass(frozen=True)
class Visit:
    """An element that the work passed; `by_hand` when a person finished it."""

    process_id: str
    element_id: str
    name: str
    by_hand: bool

    @property
    def key(self) -> str:
        """How a scenario names it: process and element."""
        return f"{self.process_id}/{self.element_id}"


@dataclass(frozen=True)
class Limit:
    """When a task was or is due; `time` counts how often there was a task at this element."""

    element_id: str
    name: str
    time: int
    due_at: datetime


@dataclass(frozen=True)
class Telling:
    """A step that was taken for a task, and who was told of it, as accounts and as roles."""

    element_id: str
    name: str
    time: int
    step: EscalationStep
    at: datetime
    accounts: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Course:
    """Everything that a scenario may expect and a replay compares. `status` is that of the main process."""

    path: tuple[Visit, ...]
    limits: tuple[Limit, ...]
    tellings: tuple[Telling, ...]
    stage: Stage
    status: InstanceStatus
    returns: int
    open: tuple[str, ...]


def course_of(uow: UnitOfWork, number: str) -> Course:
    """What came of a hazard until now."""
    tasks = _tasks(uow, number)
    times = _times(tasks)
    hazard = hazard_of(uow.session, number)
    main = select(Instance.status).where(Instance.business_key == number, Instance.process_id == PROCESS)
    return Course(
        path=tuple(_path(uow, number, hazard.id)),
        limits=tuple(Limit(it.element_id, it.name, times[it.id], it.due_at) for it in tasks if it.due_at is not None),
        tellings=tuple(_tellings(uow, number, {it.id: it for it in tasks}, times)),
        stage=hazard.stage,
        status=uow.session.scalars(main.order_by(Instance.id)).one(),
        returns=hazard.returns,
        open=tuple(sorted(it.element_id for it in tasks if it.status is TaskStatus.OPEN)),
    )


def _tasks(uow: UnitOfWork, number: str) -> Sequence[UserTask]:
    found = select(UserTask).where(UserTask.business_key == number).order_by(UserTask.id)
    return uow.session.scalars(found).all()


def _times(tasks: Sequence[UserTask]) -> dict[int, int]:
    """How many tasks there were at its element when each began."""
    seen: Counter[str] = Counter()
    times: dict[int, int] = {}
    for task in tasks:
        seen[task.element_id] += 1
        times[task.id] = seen[task.element_id]
    return times


def _path(uow: UnitOfWork, number: str, hazard_id: int) -> Iterator[Visit]:
    """The elements in order, without the branches that only tell people of a deadline."""
    told_at = set(uow.session.scalars(select(Escalation.at).where(Escalation.hazard_id == hazard_id)))
    found = (
        select(HistoryEvent)
        .join(Instance, Instance.id == HistoryEvent.instance_id)
        .where(Instance.business_key == number)
        .where(HistoryEvent.kind.in_([HistoryKind.ELEMENT_COMPLETED, HistoryKind.TASK_COMPLETED]))
        .order_by(HistoryEvent.id)
    )
    finished: tuple[str | None, str | None] | None = None
    for event in uow.session.scalars(found):
        if event.kind == HistoryKind.TASK_COMPLETED:
            finished = (event.process_id, event.element_id)
            continue
        by_hand, finished = finished == (event.process_id, event.element_id), None
        if event.actor == SCHEDULER and event.at in told_at:
            continue
        element_id = event.element_id or ""
        yield Visit(event.process_id or "", element_id, event.element_name or element_id, by_hand)


def _tellings(uow: UnitOfWork, number: str, tasks: dict[int, UserTask], times: dict[int, int]) -> Iterator[Telling]:
    found = select(OutboxEvent).where(OutboxEvent.key == number, OutboxEvent.type == ESCALATED)
    events = uow.session.scalars(found.order_by(OutboxEvent.id)).all()
    held = holdings(uow.session, {account for event in events for account in event.data["recipients"]})
    for event in events:
        task = tasks[event.data["task"]]
        accounts: list[str] = event.data["recipients"]
        roles = {role.value for account in accounts if account in held and (role := held[account].role) is not None}
        yield Telling(
            element_id=task.element_id,
            name=task.name,
            time=times[task.id],
            step=EscalationStep(event.data["step"]),
            at=event.at,
            accounts=tuple(accounts),
            roles=tuple(sorted(roles)),
        )
