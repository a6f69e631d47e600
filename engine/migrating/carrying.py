"""Carries open user tasks over to another version: the row stays, with its holder, comments and drafts.

What the diagram says of the task is taken from the new version: name, form, who may do it. The due date stays, unless
the new version reckons it otherwise and the migration was told to follow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from SpiffWorkflow.task import Task
from sqlalchemy import delete, insert, select

from engine.clock import as_utc
from engine.definitions.extensions import Extensions
from engine.history import HistoryKind
from engine.instances.script_engine import SandboxScriptEngine
from engine.instances.steps import Step
from engine.instances.substitutes import exclude_represented
from engine.instances.user_tasks import move_due_date, offer
from engine.migrating.planning import Plan
from engine.migrating.schedules import at_moment
from engine.migrating.states import Deadlines
from engine.runtime import UnitOfWork
from engine.storage.models import NO_DUE_DATE, TaskCandidate, TaskStatus, UserTask

OF_DIAGRAM = ("process_id", "element_id", "name", "form", "priority", "excluded")
"""What a task's row has from the diagram."""

_DUE = "due_at"


@dataclass(frozen=True)
class Reckoned:
    """When a task would have been due by its old version, had nobody moved its date."""

    due_at: datetime | None


def open_rows(step: Step) -> dict[UUID, UserTask]:
    """The rows of an instance's open tasks, locked, by their tokens."""
    found = select(UserTask).where(UserTask.instance_id == step.instance.id, UserTask.status == TaskStatus.OPEN)
    return {row.token: row for row in step.uow.session.scalars(found.with_for_update())}


def reckoned(step: Step, plan: Plan, rows: Mapping[UUID, UserTask]) -> dict[UUID, Reckoned]:
    """What the old version reckons for each task, where the migration may have to follow the new one."""
    if plan.deadlines is Deadlines.KEEP:
        return {}
    return {
        token: Reckoned(_due(step.engine, task, rows[token].created_at))
        for token, task in step.before.user_tasks.items()
        if token in rows
    }


def carry(
    step: Step, rows: Mapping[UUID, UserTask], former: Mapping[Task, Any], before: Mapping[UUID, Reckoned]
) -> set[UUID]:
    """Bring the rows in line with the new version; returns the tokens of the tasks whose due date moved."""
    moved: set[UUID] = set()
    for token, task in step.before.user_tasks.items():
        row, old = rows[token], former[task]
        _describe(row, task)
        _offer_anew(step, row, task, old)
        if token in before and _follow_due_date(step, row, task, before[token]):
            moved.add(token)
    return moved


def pin_due_date(row: UserTask | None, task: Task) -> None:
    """Let a task's timers be reckoned from the date it is due on, and not from one counted from now."""
    if row is not None and row.due_at is not None:
        task.internal_data[_DUE] = row.due_at.isoformat()


def facts_of(uow: UnitOfWork, rows: Iterable[UserTask]) -> dict[str, Any]:
    """What is kept of open tasks for undo, by row number."""
    listed = list(rows)
    offered: dict[int, list[str]] = {row.id: [] for row in listed}
    wanted = select(TaskCandidate.task_id, TaskCandidate.identity).where(TaskCandidate.task_id.in_(offered))
    for task_id, identity in uow.session.execute(wanted):
        offered[task_id].append(identity)
    return {str(row.id): {**_facts(row), "offered": sorted(offered[row.id])} for row in listed}


def give_back(step: Step, rows: Iterable[UserTask], kept: Mapping[str, Any]) -> None:
    """Make open tasks again what they were; who holds them now goes on holding them."""
    for row in rows:
        facts = kept.get(str(row.id))
        if facts is None:
            continue
        for name in OF_DIAGRAM:
            setattr(row, name, facts[name])
        due_at = datetime.fromisoformat(facts[_DUE]) if facts[_DUE] else None
        if row.due_at != due_at:
            _note_due_date(step, row, row.due_at, due_at)
            row.due_at = due_at
        _replace_candidates(step.uow, row, facts["offered"])


def _describe(row: UserTask, task: Task) -> None:
    extensions: Extensions = task.task_spec.extensions
    row.process_id = task.workflow.spec.name
    row.element_id = task.task_spec.bpmn_id
    row.name = task.task_spec.bpmn_name or task.task_spec.bpmn_id
    row.form = extensions.form.ref if extensions.form else None


def _offer_anew(step: Step, row: UserTask, task: Task, old: Any) -> None:
    if old.extensions.assignment == task.task_spec.extensions.assignment:
        return
    offered = offer(step.engine, step.instance, task)
    exclude_represented(step, offered.row)
    row.excluded = offered.row.excluded
    if row.assignee in row.excluded:
        row.assignee = row.on_behalf_of = None
    row.assignee = row.assignee or offered.row.assignee
    _replace_candidates(step.uow, row, offered.identities)


def _replace_candidates(uow: UnitOfWork, row: UserTask, identities: Iterable[str]) -> None:
    uow.session.execute(delete(TaskCandidate).where(TaskCandidate.task_id == row.id))
    shared = {"task_id": row.id, "due_at": row.due_at or NO_DUE_DATE, "held": row.assignee is not None}
    listed = [{**shared, "identity": identity} for identity in identities]
    if listed:
        uow.session.execute(insert(TaskCandidate), listed)


def _follow_due_date(step: Step, row: UserTask, task: Task, before: Reckoned) -> bool:
    """Move a due date with the diagram; one that somebody has moved by hand stays as it was granted."""
    due_at = _due(step.engine, task, row.created_at)
    if due_at == before.due_at or due_at is None or row.due_at != before.due_at:
        return False
    old = row.due_at
    move_due_date(step.uow, row, task, due_at)
    _note_due_date(step, row, old, due_at)
    return True


def _note_due_date(step: Step, row: UserTask, old: datetime | None, new: datetime | None) -> None:
    moments = {"from": old.isoformat() if old else None, "to": new.isoformat() if new else None}
    step.note(
        HistoryKind.TASK_RESCHEDULED,
        element_id=row.element_id,
        element_name=row.name,
        process_id=row.process_id,
        data={"task": row.id, **moments, "reason": "migration"},
    )
    step.tell("task.rescheduled", {"task": row.id, "due_at": moments["to"], "reason": "migration"})


def _due(engine: SandboxScriptEngine, task: Task, since: datetime) -> datetime | None:
    """When a task is due by its diagram, counted from the moment it was reached."""
    moved = task.internal_data.pop(_DUE, None)
    try:
        with at_moment(engine, since):
            due_at = engine.due_at(task)
    finally:
        if moved is not None:
            task.internal_data[_DUE] = moved
    return as_utc(datetime.fromisoformat(due_at)) if due_at else None


def _facts(row: UserTask) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in OF_DIAGRAM},
        _DUE: row.due_at.isoformat() if row.due_at else None,
    }
