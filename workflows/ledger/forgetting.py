"""The duty of forgetting what nobody came back to: exports after a week, and imports long after they ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Event
from typing import Final

from sqlalchemy import or_, select

from engine.runtime import Runtime, UnitOfWork
from engine.scheduler import Duty
from workflows.ledger.keeping import LedgerFiles
from workflows.ledger.models import ExportJob, ImportJob
from workflows.ledger.states import ENDED, JobState

BATCH: Final = 100
KEPT: Final = timedelta(days=30)
"""How long a job that ended stays in its list; an examined file that nobody decided on is given up after as long."""


def forgetting_jobs(runtime: Runtime, files: LedgerFiles, *, every: timedelta = timedelta(hours=1)) -> Duty:
    """A duty that drops jobs whose time is over, with their files, one bounded batch in each transaction."""

    def run(stopping: Event) -> None:
        while not stopping.is_set():
            with runtime.unit_of_work() as uow:
                dropped = drop_old(uow)
            for job in dropped:
                files.forget(job)
            if len(dropped) < BATCH:
                return

    return Duty("forget-ledger-jobs", every, run)


def drop_old(uow: UnitOfWork) -> list[ExportJob | ImportJob]:
    """Drop the jobs whose time is over, and return them."""
    before = uow.now - KEPT
    dropped: list[ExportJob | ImportJob] = [*_exports(uow, before), *_imports(uow, before)]
    for job in dropped:
        uow.session.delete(job)
    return dropped


def _exports(uow: UnitOfWork, before: datetime) -> list[ExportJob]:
    old = (ExportJob.state.in_(ENDED)) & (ExportJob.created_at < before)
    over = select(ExportJob).where(or_(ExportJob.expires_at < uow.now, old)).limit(BATCH)
    return list(uow.session.scalars(over))


def _imports(uow: UnitOfWork, before: datetime) -> list[ImportJob]:
    undecided = (*ENDED, JobState.EXAMINED)
    over = select(ImportJob).where(ImportJob.state.in_(undecided), ImportJob.created_at < before).limit(BATCH)
    return list(uow.session.scalars(over))
