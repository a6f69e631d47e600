"""Finds a task in whatever state, and the form that was deployed with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine.definitions.library import form
from engine.errors import NotFound
from engine.runtime import UnitOfWork
from engine.storage.models import UserTask


def find_task(uow: UnitOfWork, task_id: int) -> UserTask:
    """A task in whatever state, with its instance. Raises NotFound."""
    wanted = select(UserTask).where(UserTask.id == task_id).options(joinedload(UserTask.instance))
    task = uow.session.scalars(wanted).one_or_none()
    if task is None:
        raise NotFound("task", task_id)
    return task


def form_of(uow: UnitOfWork, task: UserTask) -> dict[str, Any] | None:
    """The schema of a task's form, as deployed with its instance; None for a task without a form."""
    return form(uow, task.instance.definition.deployment_id, task.form) if task.form else None
