"""Jobs of one person, whom alone they concern."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import UnknownRecord
from workflows.ledger.claiming import Job
from workflows.records import Record

SHOWN: Final = 20
"""So many of a person's jobs are shown."""


def jobs_of(session: Session, kind: type[Job], account: str) -> Sequence[Job]:
    """A person's latest jobs of a kind, the newest first."""
    mine = select(kind).where(kind.account == account).order_by(kind.id.desc()).limit(SHOWN)
    return session.scalars(mine).all()


def job_of(session: Session, kind: type[Job], account: str, job_id: int) -> Job:
    """One of a person's jobs. Raises UnknownRecord, also for another person's."""
    job = session.get(kind, job_id)
    if job is None or job.account != account:
        raise UnknownRecord(Record.LEDGER_JOB, job_id)
    return job
