"""Says in words what happened to a task while someone was filling in its form."""

from __future__ import annotations

from flask_babel import gettext

from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus, UserTask
from web.pages.names import names_of
from web.times import full_moment


def what_changed(uow: UnitOfWork, task: UserTask, account: str) -> str:
    """Why the submission of this account came too late, and what to do now; nothing was saved."""
    names = names_of(uow, [task.completed_by, task.assignee])
    nobody_known = gettext("Someone")
    if task.status is TaskStatus.COMPLETED and task.completed_at is not None:
        return gettext(
            "%(who)s completed this task at %(time)s, before you sent it. Your entries were not saved.",
            who=names.get(task.completed_by or "", nobody_known),
            time=full_moment(task.completed_at),
        )
    if task.status is TaskStatus.CANCELLED:
        return gettext("The process moved on and no longer needs this task. Your entries were not saved.")
    if task.assignee is not None and task.assignee != account:
        return gettext(
            "%(who)s took over this task while you were working. Your entries were not saved.",
            who=names[task.assignee],
        )
    return gettext("This task was changed while you were working. Check your entries below and send them again.")
