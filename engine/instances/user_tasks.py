"""Offers a user task that a token reached: who may do it, by when, with which form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from SpiffWorkflow.task import Task
from sqlalchemy import update

from engine.clock import as_utc
from engine.definitions.extensions import Assignment, Extensions
from engine.errors import ExpressionError
from engine.instances.script_engine import SandboxScriptEngine
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, TaskCandidate, TaskStatus, UserTask

DEFAULT_PRIORITY = 50


@dataclass(frozen=True)
class Offer:
    """A new user task with the identities it is offered to and the data it was reached with."""

    row: UserTask
    identities: tuple[str, ...]
    data: dict[str, Any]


def offer(engine: SandboxScriptEngine, instance: Instance, task: Task) -> Offer:
    """The row of a user task that was just reached. Raises ExpressionError when the diagram's rules fail."""
    extensions: Extensions = task.task_spec.extensions
    assignment = extensions.assignment or Assignment()
    values = _Values(engine, task)
    due_at = engine.due_at(task)
    deadline = extensions.deadline
    assignees = values.names(assignment.assignee)
    row = UserTask(
        instance_id=instance.id,
        token=task.id,
        business_key=instance.business_key,
        process_id=task.workflow.spec.name,
        element_id=task.task_spec.bpmn_id,
        name=task.task_spec.bpmn_name or task.task_spec.bpmn_id,
        form=extensions.form.ref if extensions.form else None,
        status=TaskStatus.OPEN,
        assignee=assignees[0] if assignees else None,
        excluded=values.names(assignment.excluded_users),
        priority=int(values.value(deadline.priority if deadline else None) or DEFAULT_PRIORITY),
        created_at=engine.now,
        due_at=values.moment(due_at),
        follow_up_at=values.moment(values.value(deadline.follow_up if deadline else None)),
    )
    return Offer(row, tuple(_identities(values, assignment)), task.data)


def move_due_date(uow: UnitOfWork, task: UserTask, token: Task, due_at: datetime) -> None:
    """Give an open task another due date, in its token and in the inboxes too."""
    token.internal_data["due_at"] = due_at.isoformat()
    task.due_at = due_at
    uow.session.execute(update(TaskCandidate).where(TaskCandidate.task_id == task.id).values(due_at=due_at))


def _identities(values: _Values, assignment: Assignment) -> Iterable[str]:
    yield from dict.fromkeys(f"user:{name}" for name in values.names(assignment.candidate_users))
    yield from dict.fromkeys(f"group:{name}" for name in values.names(assignment.candidate_groups))


class _Values:
    """Evaluates an element's assignment and dates on the token that reached it."""

    def __init__(self, engine: SandboxScriptEngine, task: Task) -> None:
        self._engine = engine
        self._task = task

    def value(self, expression: str | None) -> Any:
        return self._engine.evaluate(self._task, expression) if expression else None

    def names(self, expression: str | None) -> list[str]:
        value = self.value(expression)
        if value is None or value == "":
            return []
        listed = value if isinstance(value, (list, tuple)) else [value]
        if not all(isinstance(name, str) for name in listed):
            raise ExpressionError(
                "must give a name or a list of names",
                expression=expression or "",
                element_id=self._task.task_spec.bpmn_id,
            )
        return list(listed)

    def moment(self, value: Any) -> datetime | None:
        if value is None:
            return None
        try:
            return as_utc(datetime.fromisoformat(str(value)))
        except ValueError as error:
            raise ExpressionError(
                "must give an ISO moment with its zone", expression=str(value), element_id=self._task.task_spec.bpmn_id
            ) from error
