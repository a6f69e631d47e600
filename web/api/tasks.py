"""Tasks for programs: the caller's inbox, one task with its form, and what may be done with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from flask import Response

from engine import tasks
from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus
from web.access import ensure_task_visible
from web.api.authentication import actor, needs
from web.api.schemas import CompletionSchema, DelegationSchema, PageQuery, TaskSchema, TaskWithFormSchema, page_of
from web.api.subject import (
    ETAG,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    based_on,
    idempotency_key,
    new_subject,
    page,
    tagged,
    versioned,
    was_done,
)
from web.errors import OutdatedVersion
from web.forms import Control, chosen, fields, read_schema
from web.paging import position
from web.tasks import find_task, form_of
from web.uploads import is_kept
from web.wiring import runtime
from workflows.errors import InvalidRecord
from workflows.organisations.api_tokens import TokenScope
from workflows.organisations.people import person_by_account
from workflows.sentences import sentence

subject = new_subject("tasks", "Open tasks and what people do with them")
SHAPE = TaskSchema()


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
@subject.response(200, TaskWithFormSchema, headers=ETAG)
def read(task_id: int) -> Response:
    """One task, with the schema of its form."""
    with runtime().reading() as uow:
        task = find_task(uow, task_id)
        ensure_task_visible(uow, task, actor(uow))
        shown = cast("dict[str, Any]", SHAPE.dump(task))
        return tagged({**shown, "form_schema": form_of(uow, task)}, task.version)


@subject.post("/<int:task_id>/claim")
@needs(TokenScope.TASKS_WRITE)
@subject.doc(parameters=[IF_MATCH])
@subject.response(200, TaskSchema, headers=ETAG)
def claim(task_id: int) -> Response:
    """Take a task that is offered to the caller."""
    version = based_on()
    with runtime().unit_of_work() as uow:
        _ensure_current(uow, task_id, version)
        task = tasks.claim(uow, task_id, actor(uow), expected_version=version)
    return versioned(SHAPE, task, task.version)


@subject.post("/<int:task_id>/unclaim")
@needs(TokenScope.TASKS_WRITE)
@subject.doc(parameters=[IF_MATCH])
@subject.response(200, TaskSchema, headers=ETAG)
def unclaim(task_id: int) -> Response:
    """Put a task back to those it was offered to."""
    version = based_on()
    with runtime().unit_of_work() as uow:
        _ensure_current(uow, task_id, version)
        task = tasks.unclaim(uow, task_id, actor(uow), expected_version=version)
    return versioned(SHAPE, task, task.version)


@subject.post("/<int:task_id>/delegate")
@needs(TokenScope.TASKS_WRITE)
@subject.doc(parameters=[IF_MATCH])
@subject.arguments(DelegationSchema)
@subject.response(200, TaskSchema, headers=ETAG)
def delegate(body: dict[str, Any], task_id: int) -> Response:
    """Let someone else do a task; the caller stays its owner."""
    version = based_on()
    with runtime().unit_of_work() as uow:
        _ensure_current(uow, task_id, version)
        task = tasks.delegate(uow, task_id, actor(uow), _deputy(uow, body["to"]), expected_version=version)
    return versioned(SHAPE, task, task.version)


@subject.post("/<int:task_id>/complete")
@needs(TokenScope.TASKS_WRITE)
@subject.doc(parameters=[IF_MATCH, IDEMPOTENCY_KEY])
@subject.arguments(CompletionSchema)
@subject.response(200, TaskSchema, headers=ETAG)
def complete(body: dict[str, Any], task_id: int) -> Response:
    """Finish a task with its form's data; the process runs on to its next rest."""
    version, key = based_on(), idempotency_key()
    with runtime().unit_of_work() as uow:
        if not was_done(uow, key):
            _ensure_current(uow, task_id, version)
            _ensure_kept(uow, task_id, body["data"])
        task = tasks.complete(uow, task_id, actor(uow), body["data"], idempotency_key=key, expected_version=version)
    return versioned(SHAPE, task, task.version)


def _ensure_current(uow: UnitOfWork, task_id: int, version: int) -> None:
    """Raises OutdatedVersion for an open task that changed since it was read; of an ended one the engine tells more."""
    task = find_task(uow, task_id)
    if task.status is TaskStatus.OPEN and task.version != version:
        raise OutdatedVersion


def _ensure_kept(uow: UnitOfWork, task_id: int, data: dict[str, Any]) -> None:
    """Raises InvalidRecord for an answer that names a file which was never uploaded."""
    schema = form_of(uow, find_task(uow, task_id)) or {}
    asked = [each.key for each in fields(read_schema(schema)) if each.control is Control.FILE]
    missing = [key for key in asked if not all(is_kept(str(each)) for each in chosen(data.get(key)))]
    if missing:
        refusal = sentence("upload the file first and send the reference that it was given")
        raise InvalidRecord(dict.fromkeys(missing, refusal))


def _deputy(uow: UnitOfWork, account: str) -> str:
    person = person_by_account(uow.session, account)
    if person is None or not person.active:
        raise InvalidRecord({"to": sentence("there is no account '%(account)s'", account=account)})
    return account
