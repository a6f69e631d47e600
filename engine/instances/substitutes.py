"""Keeps a person out of a task from which somebody is excluded who acted in that person's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from engine.storage.base import table_of
from engine.storage.models import UserTask

if TYPE_CHECKING:
    from engine.instances.steps import Step

_tasks = table_of(UserTask)
_REPRESENTED = select(_tasks.c.on_behalf_of).where(
    _tasks.c.business_key == bindparam("key"),
    _tasks.c.on_behalf_of.is_not(None),
    _tasks.c.completed_by.in_(bindparam("excluded", expanding=True)),
)


def exclude_represented(step: Step, row: UserTask) -> None:
    """Add to a new task's excluded people those for whom one of them completed a task of the same business key."""
    if not row.excluded:
        return
    asked = {"key": row.business_key, "excluded": row.excluded}
    represented = set(step.uow.session.connection().scalars(_REPRESENTED, asked))
    if step.finished is not None and step.finished.completed_by in row.excluded:
        represented.add(step.finished.on_behalf_of)  # not yet in the database
    row.excluded = [*row.excluded, *sorted(one for one in represented if one and one not in row.excluded)]
