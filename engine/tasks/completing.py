"""Completes a user task: checks the form, moves the token on, and writes it all in one transaction."""

from __future__ import annotations

from typing import Any

from engine.definitions.extensions import Extensions
from engine.definitions.forms import validate_submission
from engine.errors import WrongState
from engine.history import HistoryKind
from engine.idempotency import once
from engine.instances.running import run_one
from engine.instances.steps import Recorder, Step, close_step, step_of
from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus, UserTask
from engine.tasks.access import Right, task_to_finish
from engine.tasks.actor import Actor


def complete(
    uow: UnitOfWork,
    task_id: int,
    actor: Actor,
    data: dict[str, Any],
    *,
    idempotency_key: str | None = None,
    expected_version: int | None = None,
) -> UserTask:
    """Finish a task with its form's data; the process runs on to its next rest.

    Raises NotPermitted, InvalidForm (by field), WrongState when the task has ended, and ConcurrentChange when the
    task or its instance was changed meanwhile.
    """

    finished: UserTask | None = None

    def finish() -> dict[str, Any]:
        nonlocal finished
        finished, right = task_to_finish(uow, task_id, actor, expected_version=expected_version)
        _finish(uow, finished, actor, right, data)
        return {"task": finished.id}

    asked = {"task": task_id, "by": actor.user, "data": data}
    done = once(uow, idempotency_key, "complete", asked, finish)
    return finished or uow.session.get_one(UserTask, done["task"])


def _finish(uow: UnitOfWork, task: UserTask, actor: Actor, right: Right, data: dict[str, Any]) -> None:
    step = step_of(uow, task.instance, actor=actor.user)
    token = step.before.user_tasks.get(task.token)
    if token is None:
        raise WrongState("task", task.id, expected="waiting in its instance", actual="gone from it")
    submitted = _checked(step, token.task_spec.extensions, data)
    task.status = TaskStatus.COMPLETED
    task.completed_at = uow.now
    task.completed_by, task.on_behalf_of = actor.user, right.on_behalf_of
    task.outcome = submitted
    step.finished = task
    _put(token.data, token.task_spec.extensions, submitted, actor, uow)
    step.note(
        HistoryKind.TASK_COMPLETED,
        element_id=task.element_id,
        element_name=task.name,
        process_id=task.process_id,
        data={"task": task.id, **right.as_data()},
    )
    step.tell("task.completed", {"task": task.id, "element": task.element_id, "by": actor.user, **right.as_data()})
    run_one(token, Recorder(step))
    step.run()
    close_step(step)


def _checked(step: Step, extensions: Extensions, data: dict[str, Any]) -> dict[str, Any]:
    if extensions.form is None:
        return data
    schema = step.engine.form(extensions.form.ref)
    return validate_submission(schema, data)


def _put(
    variables: dict[str, Any], extensions: Extensions, submitted: dict[str, Any], actor: Actor, uow: UnitOfWork
) -> None:
    facts = {**submitted, "completed_by": actor.user, "completed_at": uow.now.isoformat()}
    if extensions.form is not None and extensions.form.result:
        variables[extensions.form.result] = facts
    else:
        variables.update(submitted)
