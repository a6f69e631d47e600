"""Reads what an audit compares, some tasks at a time: deadlines, what moved them, and the steps on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from engine.history import HistoryKind
from engine.storage.models import HistoryEvent, Instance, ProcessDefinition, UserTask
from workflows.escalation.models import Escalation
from workflows.escalation.steps import EscalationStep
from workflows.escalation.timeline import Extension, Move, Standstill
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity
from workflows.listed_supervision import Supervision

TASKS_AT_ONCE = 1000


@dataclass(frozen=True)
class Deadline:
    """A task with a due date. `supervised` says that its hazard was at least proposed for listed supervision."""

    task_id: int
    instance_id: int
    deployment_id: int
    hazard: str
    severity: Severity
    supervised: bool
    created_at: datetime
    due_at: datetime
    ended_at: datetime | None
    suspended_at: datetime | None
    excluded: Sequence[str] = ()


@dataclass(frozen=True)
class Taken:
    """A step on record: taken, or stopped by an acknowledgement."""

    task_id: int
    id: int
    at: datetime
    step: EscalationStep
    due_at: datetime
    stopped_by_id: int | None


def deadlines(session: Session, *, after: int) -> list[Deadline]:
    """The next tasks of hazards that have a due date, in the order of their ids."""
    found = (
        select(
            UserTask.id,
            UserTask.instance_id,
            ProcessDefinition.deployment_id,
            Hazard.number,
            Hazard.severity,
            exists().where(Supervision.hazard_id == Hazard.id),
            UserTask.created_at,
            UserTask.due_at,
            UserTask.completed_at,
            Instance.suspended_at,
            UserTask.excluded,
        )
        .join(Hazard, Hazard.number == UserTask.business_key)
        .join(Instance, Instance.id == UserTask.instance_id)
        .join(ProcessDefinition, ProcessDefinition.id == Instance.definition_id)
        .where(UserTask.id > after, UserTask.due_at.is_not(None))
        .order_by(UserTask.id)
        .limit(TASKS_AT_ONCE)
    )
    return [Deadline(*row) for row in session.execute(found)]


def taken_steps(session: Session, among: Sequence[Deadline]) -> dict[int, list[Taken]]:
    """The steps on record, by task."""
    found = (
        select(
            Escalation.task_id,
            Escalation.id,
            Escalation.at,
            Escalation.step,
            Escalation.due_at,
            Escalation.stopped_by_id,
        )
        .where(Escalation.task_id.in_([task.task_id for task in among]))
        .order_by(Escalation.id)
    )
    taken: dict[int, list[Taken]] = defaultdict(list)
    for row in session.execute(found):
        taken[row.task_id].append(Taken(*row))
    return taken


def moves_of(session: Session, among: Sequence[Deadline]) -> dict[int, list[Move]]:
    """What moved the tasks' due dates while they were open, by task, in order of time."""
    moving = (HistoryKind.TASK_RESCHEDULED, HistoryKind.INSTANCE_RESUMED)
    found = (
        select(HistoryEvent)
        .where(HistoryEvent.instance_id.in_({task.instance_id for task in among}), HistoryEvent.kind.in_(moving))
        .order_by(HistoryEvent.id)
    )
    of_instance: dict[int, list[HistoryEvent]] = defaultdict(list)
    for event in session.scalars(found):
        of_instance[event.instance_id].append(event)
    return {task.task_id: _of_one(task, of_instance[task.instance_id]) for task in among}


def _of_one(task: Deadline, events: Sequence[HistoryEvent]) -> list[Move]:
    moves = [move for event in events if (move := _move(task, event)) is not None]
    if task.suspended_at is not None:
        moves.append(Standstill(task.suspended_at, None))
    return [move for move in moves if task.created_at <= move.at and _is_before_end(task, move)]


def _is_before_end(task: Deadline, move: Move) -> bool:
    """Whether a task was still open at a move; only an open one is extended, even at the moment at which it ends."""
    return (
        task.ended_at is None or move.at < task.ended_at or (isinstance(move, Extension) and move.at == task.ended_at)
    )


def _move(task: Deadline, event: HistoryEvent) -> Move | None:
    if event.kind == HistoryKind.INSTANCE_RESUMED:
        length = timedelta(seconds=event.data["stood_still_seconds"])
        return Standstill(event.at - length, length)
    if event.data["task"] != task.task_id or event.data["from"] is None:
        return None
    return Extension(event.at, datetime.fromisoformat(event.data["from"]), datetime.fromisoformat(event.data["to"]))
