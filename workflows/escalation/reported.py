"""What the committee was told of (已报安委会): hazards late for so long that nothing below was of avail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, exists, func, select, tuple_

from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus, UserTask
from workflows.escalation.models import Acknowledgement, Escalation
from workflows.escalation.steps import EscalationStep
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity
from workflows.labels import LabelledEnum
from workflows.permissions import Scope, visible

MOST_COUNTED: Final = 100

Place = tuple[datetime, int]
"""Where an entry stands in the list: when its task was due, and the task's id."""


class Which(LabelledEnum):
    """Which of the reported hazards somebody wants to see."""

    ALL = "all", "全部"
    MAJOR = "major", "重大隐患"
    UNATTENDED = "unattended", "无人知悉处理"


@dataclass(frozen=True)
class Reported:
    """A hazard's task that is late, with the moment at which the committee was told."""

    task: UserTask
    hazard: Hazard
    told_at: datetime


def reported(
    uow: UnitOfWork, scope: Scope, which: Which = Which.ALL, *, after: Place | None = None, limit: int
) -> Sequence[Reported]:
    """Up to `limit` of them within a scope, from after a place in the list.

    It reads the open tasks by their due dates: those that the committee was told of are the first of these.
    """
    wanted = _wanted(uow, scope, which).add_columns(Hazard, Escalation.at)
    found = wanted.order_by(UserTask.due_at, UserTask.id).limit(limit)
    if after is not None:
        found = found.where(tuple_(UserTask.due_at, UserTask.id) > after)
    return [Reported(task, hazard, told_at) for task, hazard, told_at in uow.session.execute(found)]


def count_reported(uow: UnitOfWork, scope: Scope) -> int:
    """How many there are, counted up to MOST_COUNTED."""
    some = _wanted(uow, scope, Which.ALL).with_only_columns(UserTask.id).limit(MOST_COUNTED)
    return uow.session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _wanted(uow: UnitOfWork, scope: Scope, which: Which) -> Select[Any]:
    told = and_(
        Escalation.task_id == UserTask.id,
        Escalation.due_at == UserTask.due_at,
        Escalation.step == EscalationStep.TELL_COMMITTEE,
    )
    late = (
        select(UserTask)
        .join(Escalation, told)
        .join(Hazard, Hazard.number == UserTask.business_key)
        .where(UserTask.status == TaskStatus.OPEN, UserTask.due_at < uow.now)
    )
    late = visible(late, scope, Hazard.region_path, Hazard.sector, Hazard.unit_id)
    if which is Which.MAJOR:
        return late.where(Hazard.severity == Severity.MAJOR)
    return late.where(~_ATTENDED) if which is Which.UNATTENDED else late


_ATTENDED: Final = exists().where(Acknowledgement.task_id == UserTask.id, Acknowledgement.due_at == UserTask.due_at)
"""Whether anybody said that they take care of the deadline."""
