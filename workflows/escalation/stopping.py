"""Which acknowledgement stops a step: one of the same deadline that holds when the step would be taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from workflows.escalation.models import Acknowledgement
from workflows.escalation.policy import Rule, rules
from workflows.escalation.steps import EscalationStep
from workflows.hazards.models import Hazard


def stops(it: Acknowledgement, rule: Rule, due_at: datetime, at: datetime) -> bool:
    """Whether an acknowledgement stops the step of a rule, for a deadline, at a moment."""
    holds = it.holds_until is not None and it.at <= at <= it.holds_until
    return it.due_at == due_at and holds and rule.stopped_by.accepts(as_leader=it.as_leader)


def first_to_stop(
    given: Iterable[Acknowledgement], rule: Rule, due_at: datetime, at: datetime
) -> Acknowledgement | None:
    """The first of some acknowledgements of a task that stops a step; None when the step is to be taken."""
    return next((it for it in given if stops(it, rule, due_at, at)), None)


def stopping_now(
    uow: UnitOfWork, task: UserTask, hazard: Hazard, step: EscalationStep, due_at: datetime
) -> Acknowledgement | None:
    """What stops a step of a task at this moment. The table is asked only where somebody acknowledged anything."""
    given = acknowledgements_of(uow.session, [task.id])[task.id]
    if not given:
        return None
    listed = hazard.listed
    rule = next((it for it in rules(uow, task.instance_id, hazard.severity, listed=listed) if it.step is step), None)
    return first_to_stop(given, rule, due_at, uow.now) if rule else None


def acknowledgements_of(session: Session, tasks: Collection[int]) -> Mapping[int, Sequence[Acknowledgement]]:
    """What was acknowledged of some tasks, by task, the earliest first."""
    found: dict[int, list[Acknowledgement]] = defaultdict(list)
    wanted = select(Acknowledgement).where(Acknowledgement.task_id.in_(tasks)).order_by(Acknowledgement.id)
    for given in session.scalars(wanted):
        found[given.task_id].append(given)
    return found
