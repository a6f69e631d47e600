"""Forgets who has read a task once it has ended."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, delete

from engine.listeners import Listener
from engine.runtime import UnitOfWork
from engine.storage.base import table_of
from engine.storage.models import UserTask
from workflows.inbox.models import ReadMark

_FORGET: Final = delete(table_of(ReadMark)).where(ReadMark.task_id == bindparam("task"))


class ReadMarkListener(Listener):
    """Keeps the marks down to what is still in somebody's inbox."""

    def task_ended(self, uow: UnitOfWork, task: UserTask) -> None:
        uow.session.connection().execute(_FORGET, {"task": task.id})
