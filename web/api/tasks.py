"""Tasks for programs: the caller's inbox, one task with its form, and what may be done with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response

from engine import tasks
from engine.definitions.library import form as deployed_form
from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from web.api.authentication import actor, needs
from web.api.schemas import CompletionSchema, DelegationSchema, PageQuery, TaskSchema, TaskWithFormSchema, page_of
from web.api.subject import IDEMPOTENCY_KEY, IF_MATCH, based_on, idempotency_key, new_subject, page, versioned
from web.access import ensure_task_visible
from web.pages.desk import find_task
from web.paging import position
from web.wiring import runtime
from workflows.organisations.api_tokens import TokenScope

subject = new_subject("tasks", "Open tasks and what people do with them")
SHAPE = TaskSchema()
WITH_FORM = TaskWithFormSchema()


@subject.get("")
@needs(TokenScope.TASKS_READ)
@subject.arguments(PageQuery, location="query")
@subject.response(200, page_of(TaskSchema))
def inbox(query: dict[str, Any]) -> Response:
    """The open tasks that the caller holds or could take, soonest due first."""
    after = position("tasks", query.get("after"))
    with runtime().reading() as uow:
        start = tasks.Cursor(datetime.fromisoformat(after[0]), after[1]) if after else None
        found = tasks.inbox(uow.session, actor(uow), after=start, limit=query["limit"])
    further = [found.next.due_at.isoformat(), found.next.task_id] if found.next else None
    return page(SHAPE, found.tasks, "tasks", further)


@subject.get("/<int:task_id>")
@needs(TokenScope.TASKS_READ)
@subject.response(200, TaskWithFormSchema, headers={"ETag": {"schema": {"type": "string"}}})
def read(task_id: int) -> Response:
    """One task, with the schema of its form."""
    with runtime().reading() as uow:
        task = find_task(uow, task_id)
        ensure_task_visible(uow, task, actor(uow))
        return versioned(WITH_FORM, {**SHAPE.dump(task), "form_schema": _form(uow, task)}, task.version)


@subject.post("/<int:task_id>/claim")
@needs(TokenScope.TASKS_WRITE)
@subject.doc(parameters=[IF_MATCH])
@subject.response(200, TaskSchema)
def claim(task_id: int) -> Response:
    """Take a task that is offered to the caller."""
    version = based_on()
    with runtime().unit_of_work() as uow:
        task = tasks.claim(uow, task_id, actor(uow), expected_version=version)
    return versioned(SHAPE, task, task.version)


@subject.post("/<int:task_id>/unclaim")
@needs(TokenScope.TASKS_WRITE)
@subject.doc(parameters=[IF_MATCH])
@subject.response(200, TaskSchema)
def unclaim(task_id: int) -> Response:
    """Put a task back to those it was offered to."""
    version = based_on()
    with runtime().unit_of_work() as uow:
        task = tasks.unclaim(uow, task_id, actor(uow), expected_version=version)
    return versioned(SHAPE, task, task.version)


@subject.post("/<int:task_id>/delegate")
@needs(TokenScope.TASKS_WRITE)
@subject.doc(parameters=[IF_MATCH])
@subject.arguments(DelegationSchema)
@subject.response(200, TaskSchema)
def delegate(body: dict[str, Any], task_id: int) -> Response:
    """Let someone else do a task; the caller stays its owner."""
    version = based_on()
    with runtime().unit_of_work() as uow:
        task = tasks.delegate(uow, task_id, actor(uow), body["to"], expected_version=version)
    return versioned(SHAPE, task, task.version)


@subject.post("/<int:task_id>/complete")
@needs(TokenScope.TASKS_WRITE)
@subject.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
@subject.arguments(CompletionSchema)
@subject.response(200, TaskSchema)
def complete(body: dict[str, Any], task_id: int) -> Response:
    """Finish a task with its form's data; the process runs on to its next rest."""
    version = based_on()
    with runtime().unit_of_work() as uow:
        task = tasks.complete(
            uow, task_id, actor(uow), body["data"], idempotency_key=idempotency_key(), expected_version=version
        )
    return versioned(SHAPE, task, task.version)


def _form(uow: UnitOfWork, task: UserTask) -> dict[str, Any] | None:
    if task.form is None:
        return None
    return deployed_form(uow, task.instance.definition.deployment_id, task.form)
