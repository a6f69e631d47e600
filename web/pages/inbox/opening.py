"""Notes that somebody has opened a task, so that it is no longer marked as unread."""

from __future__ import annotations

from engine.tasks.access import is_candidate
from web.security.identity import current_actor
from web.tasks import find_task
from web.wiring import runtime
from workflows.inbox.read_marks import is_to_mark, mark_read


def note_opened(task_id: int) -> None:
    """Mark a task of the person's inbox as read when its page is opened for the first time; later it only looks."""
    with runtime().reading() as uow:
        task, actor = find_task(uow, task_id), current_actor(uow)
        offered = task.assignee is None and is_candidate(uow, task, actor)
        is_new = is_to_mark(uow.session, actor, task, offered=offered)
    if is_new:
        with runtime().unit_of_work() as uow:
            mark_read(uow, actor.user, [task_id])
