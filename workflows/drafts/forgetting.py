"""The duty of forgetting drafts that nobody came back to."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from typing import Final

from sqlalchemy import delete, select, tuple_

from engine.runtime import Runtime
from engine.scheduler import Duty
from workflows.drafts.models import Draft

KEPT_FOR: Final = timedelta(days=90)
"""As long as a campaign lasts."""

BATCH: Final = 500


def forgetting_drafts(runtime: Runtime, *, every: timedelta = timedelta(hours=6)) -> Duty:
    """A duty that drops drafts untouched for long, one bounded batch in each transaction."""

    def run(stopping: Event) -> None:
        while not stopping.is_set():
            with runtime.unit_of_work() as uow:
                key = (Draft.task_id, Draft.account)
                old = select(*key).where(Draft.saved_at < uow.now - KEPT_FOR).order_by(Draft.saved_at).limit(BATCH)
                found = [tuple(row) for row in uow.session.execute(old)]
                if found:
                    uow.session.execute(delete(Draft).where(tuple_(*key).in_(found)))
            if len(found) < BATCH:
                return

    return Duty("forget-drafts", every, run)
