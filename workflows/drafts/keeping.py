"""Saves, finds and discards drafts; a draft never outlives the completion that it led to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson
from sqlalchemy import delete
from sqlalchemy.orm import Session

from engine.errors import WrongState
from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus, UserTask
from workflows.drafts.models import Draft
from workflows.errors import Refused
from workflows.sentences import sentence

LONGEST: Final = 500_000
"""Bytes of a draft as JSON: more than any form takes, in whatever script it is typed."""


def save_draft(uow: UnitOfWork, task_id: int, account: str, answers: Mapping[str, Any]) -> Draft:
    """Keep what a person has typed in place of what was kept before.

    The task is held meanwhile, so that no draft is saved after the completion that should have discarded it. Raises
    WrongState when the task has ended, Refused for a draft that is too long.
    """
    task = uow.session.get_one(UserTask, task_id, with_for_update={"key_share": True, "of": UserTask})
    if task.status is not TaskStatus.OPEN:
        raise WrongState("task", task_id, expected=TaskStatus.OPEN.value, actual=task.status.value)
    if len(orjson.dumps(dict(answers))) > LONGEST:
        raise Refused(sentence("The draft is too long to be kept; shorten it."))
    draft = uow.session.get(Draft, (task_id, account))
    if draft is None:
        draft = Draft(task_id=task_id, account=account, answers=dict(answers), saved_at=uow.now)
        uow.session.add(draft)
    else:
        draft.answers, draft.saved_at = dict(answers), uow.now
    return draft


def draft_of(session: Session, task_id: int, account: str) -> Draft | None:
    """What a person had typed into a task's form and not sent."""
    return session.get(Draft, (task_id, account))


def discard_draft(uow: UnitOfWork, task_id: int, account: str) -> None:
    """Forget a draft, if there is one."""
    uow.session.execute(delete(Draft).where(Draft.task_id == task_id, Draft.account == account))
