"""What is still to come (升级预告): which steps a hazard's open tasks will see, when, and who would be told of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import selectinload

from engine.definitions.library import specification_of
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, TaskStatus, UserTask
from workflows.calendar import WorkingCalendar
from workflows.escalation.listing import is_listable
from workflows.escalation.models import Acknowledgement
from workflows.escalation.policy import TABLE, Ladders, Rule, rules
from workflows.escalation.recipients import Recipient, recipients, recipients_by_step
from workflows.escalation.recorded import Deadline, moves_of
from workflows.escalation.steps import EscalationStep
from workflows.escalation.stopping import acknowledgements_of, first_to_stop
from workflows.escalation.timeline import Move, Rung, climbed
from workflows.hazards.models import Hazard
from workflows.organisations.models import Delegation, Person
from workflows.similar_check.spreading import PROCESS as SIMILAR_CHECK

MOST_TASKS: Final = 5
"""Of how many open tasks the steps are told; a hazard seldom has more than two."""

ALWAYS: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Coming:
    """A step that is taken at `at`, unless its task ends or its deadline moves first, and who is told then.

    With `stopped_by` it is not taken: somebody acknowledged an earlier one, and nobody is told.
    """

    at: datetime
    step: EscalationStep
    task: UserTask
    recipients: Sequence[Recipient]
    stopped_by: Acknowledgement | None = None


def outlook(uow: UnitOfWork, hazard: Hazard, calendar: WorkingCalendar) -> list[Coming]:
    """The steps to come, the next one first, with those who would be told as people, their roles and leave stand now.

    A step that would tell nobody is left out, and so is everything of an instance that is suspended. The units that
    were asked to look for the same hazard are not told of here. Raises CalendarNotCovered.
    """
    tasks = _open_tasks(uow, hazard)
    moves = moves_of(uow.session, [_deadline(task, hazard) for task in tasks])
    given = acknowledgements_of(uow.session, [task.id for task in tasks])
    coming = [
        step for task in tasks for step in _of_one(uow, hazard, task, moves[task.id], given.get(task.id, ()), calendar)
    ]
    return sorted(coming, key=lambda step: (step.at, step.task.id))


def _of_one(
    uow: UnitOfWork,
    hazard: Hazard,
    task: UserTask,
    moves: Sequence[Move],
    given: Sequence[Acknowledgement],
    calendar: WorkingCalendar,
) -> Iterator[Coming]:
    by_step = _rules(uow, hazard, task)
    rungs = [rung for rung in _rungs(uow, by_step, task, moves, calendar) if _is_told(rung, task, hazard)]
    if not rungs:
        return
    days = [calendar.local_date(rung.at) for rung in rungs]
    steps = {rung.step for rung in rungs}
    told = recipients_by_step(uow.session, task, hazard, steps, days[0])
    same = not _leave_changes(uow, {each.account for some in told.values() for each in some}, days[0], days[-1])
    for rung, day in zip(rungs, days, strict=True):
        of_step = told[rung.step] if same else recipients(uow.session, task, hazard, rung.step, day)
        if of_step:
            stopping = first_to_stop(given, by_step[rung.step], rung.due_at, rung.at)
            yield Coming(rung.at, rung.step, task, of_step, stopping)


def _is_told(rung: Rung, task: UserTask, hazard: Hazard) -> bool:
    return rung.step is not EscalationStep.LIST_FOR_SUPERVISION or is_listable(task, hazard)


def _leave_changes(uow: UnitOfWork, accounts: Collection[str], first: date, last: date) -> bool:
    """Whether somebody's leave begins or ends after the first of these days, so that others are told by the last."""
    begins = and_(Delegation.first_day > first, Delegation.first_day <= last)
    ends = and_(Delegation.last_day >= first, Delegation.last_day < last)
    changing = (
        select(Delegation.id)
        .join(Person, Person.id == Delegation.person_id)
        .where(Person.account.in_(accounts), Delegation.ended_at.is_(None), or_(begins, ends))
    )
    return uow.session.scalar(changing.limit(1)) is not None


def _rules(uow: UnitOfWork, hazard: Hazard, task: UserTask) -> Mapping[EscalationStep, Rule]:
    """The table's rows for a task; none where its process was deployed without the table."""
    if task.due_at is None or TABLE not in specification_of(uow.session, task.instance).decisions:
        return {}
    return {rule.step: rule for rule in rules(uow, task.instance_id, hazard.severity, listed=hazard.listed)}


def _rungs(
    uow: UnitOfWork,
    by_step: Mapping[EscalationStep, Rule],
    task: UserTask,
    moves: Sequence[Move],
    calendar: WorkingCalendar,
) -> list[Rung]:
    ladder = Ladders(calendar).of(list(by_step.values()))
    due_at = task.due_at or ALWAYS
    all_of_them = climbed(ladder, begun_at=task.created_at, due_at=due_at, moves=moves, until=ALWAYS)
    return [rung for rung in all_of_them if rung.at > uow.now]


def _open_tasks(uow: UnitOfWork, hazard: Hazard) -> Sequence[UserTask]:
    """The tasks, each with its instance, whose state is left where it is."""
    instance = selectinload(UserTask.instance)
    return uow.session.scalars(
        select(UserTask)
        .where(
            UserTask.business_key == hazard.number,
            UserTask.status == TaskStatus.OPEN,
            UserTask.due_at.is_not(None),
            UserTask.process_id != SIMILAR_CHECK,
        )
        .options(instance.defer(Instance.state), instance.joinedload(Instance.definition))
        .order_by(UserTask.due_at, UserTask.id)
        .limit(MOST_TASKS)
    ).all()


def _deadline(task: UserTask, hazard: Hazard) -> Deadline:
    """The task as those read it who look at what moved a deadline."""
    return Deadline(
        task_id=task.id,
        instance_id=task.instance_id,
        deployment_id=task.instance.definition.deployment_id,
        hazard=hazard.number,
        severity=hazard.severity,
        supervised=hazard.listed,
        created_at=task.created_at,
        due_at=task.due_at or ALWAYS,
        ended_at=None,
        suspended_at=task.instance.suspended_at,
    )
