"""Jobs as rows: who works on one, how far it has come, and how it may go on; nothing else writes a job's state."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from threading import Event
from typing import Any, Final, TypeVar

from sqlalchemy import or_, select, update

from engine.runtime import Runtime, UnitOfWork
from engine.storage.base import table_of
from workflows.errors import WrongStage
from workflows.ledger.models import ExportJob, ImportJob
from workflows.ledger.states import ENDED, FOLLOWING, UNDER_WAY, JobState
from workflows.records import Record

Job = TypeVar("Job", ImportJob, ExportJob)
LEASE: Final = timedelta(minutes=2)
"""Whoever has said nothing for so long is taken to be gone, and another one may go on with the job."""


class GivenUp(Exception):
    """The job was cancelled, or this process is to stop; what is committed stays."""


def move(uow: UnitOfWork, job: ImportJob | ExportJob, to: JobState, said: str = "") -> None:
    """Bring a job into another state. Raises WrongStage when the present one does not allow it."""
    if to not in FOLLOWING.get(job.state, frozenset()):
        expected = [state for state, following in FOLLOWING.items() if to in following]
        raise WrongStage(Record.LEDGER_JOB, job.id, expected=expected, actual=job.state)
    job.state, job.said = to, said
    job.claimed_until = None
    if to in ENDED:
        job.finished_at = uow.now


def claim(uow: UnitOfWork, kind: type[Job], states: Collection[JobState]) -> Job | None:
    """The oldest job in one of these states that nobody works on, claimed for the caller; None when there is none."""
    free = or_(kind.claimed_until.is_(None), kind.claimed_until < uow.now)
    wanted = select(kind).where(kind.state.in_(states), free).order_by(kind.id).limit(1)
    job = uow.session.scalars(wanted.with_for_update(skip_locked=True)).one_or_none()
    if job is not None:
        job.claimed_until = uow.now + LEASE
        uow.session.flush()
    return job


def note(runtime: Runtime, job: ImportJob | ExportJob, done_rows: int, stopping: Event) -> None:
    """Say that the caller is still at work, and how far. Raises GivenUp when it is to leave off."""
    table = table_of(type(job))
    held = update(table).where(table.c.id == job.id, table.c.state.in_(UNDER_WAY))
    with runtime.unit_of_work() as uow:
        done: Any = uow.session.execute(held.values(done_rows=done_rows, claimed_until=uow.now + LEASE))
    if done.rowcount == 0 or stopping.is_set():
        raise GivenUp


def release(runtime: Runtime, job: ImportJob | ExportJob) -> None:
    """Let another process go on with a job at once."""
    table = table_of(type(job))
    with runtime.unit_of_work() as uow:
        uow.session.execute(update(table).where(table.c.id == job.id).values(claimed_until=None))


def working(runtime: Runtime, kind: type[Job], states: Collection[JobState], work: Callable[[Job, Event], None]) -> Any:
    """What a duty runs: one claimed job after the other, until there is none or the process is to stop."""

    def run(stopping: Event) -> None:
        while not stopping.is_set():
            with runtime.unit_of_work() as uow:
                job = claim(uow, kind, states)
            if job is None:
                return
            try:
                work(job, stopping)
            except GivenUp:
                release(runtime, job)

    return run
