"""The sweep: claims a bounded batch of due jobs and does each in its instance's own transaction."""

from __future__ import annotations

import logging
import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from engine.errors import ConcurrentChange, EngineError
from engine.jobs.claiming import LONGEST_WAIT, ClaimedJob, claim_due_jobs, next_due_at
from engine.jobs.firing import fire
from engine.runtime import Runtime
from engine.storage.models import Job

log = logging.getLogger(__name__)

RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), LONGEST_WAIT)


@dataclass(frozen=True)
class SweepResult:
    """How many jobs a sweep did, and how many failed and will be tried again."""

    fired: int
    failed: int

    @property
    def is_idle(self) -> bool:
        return self.fired == 0 and self.failed == 0


def node_name() -> str:
    """This process among all that sweep."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def sweep(runtime: Runtime, *, limit: int = 100) -> SweepResult:
    """Do up to `limit` due jobs. Safe to run on any number of nodes, and to be killed at any moment."""
    now = runtime.clock.now()
    if not _anything_due(runtime, now):
        return SweepResult(0, 0)
    node = node_name()
    with runtime.database.transaction() as session:
        claimed = claim_due_jobs(session, node=node, now=now, limit=limit)
    fired = failed = 0
    for job in claimed:
        if _do(runtime, job, node):
            fired += 1
        else:
            failed += 1
    return SweepResult(fired, failed)


def drain(runtime: Runtime, *, limit: int = 500) -> int:
    """Sweep until nothing more is due; returns how many jobs were done."""
    done = 0
    while not (result := sweep(runtime, limit=limit)).is_idle:
        done += result.fired
    return done


def _anything_due(runtime: Runtime, now: datetime) -> bool:
    """A look that takes no lock: a node that finds nothing to do is in nobody's way."""
    with runtime.database.reading() as session:
        due = next_due_at(session)
    return due is not None and due <= now


def _do(runtime: Runtime, job: ClaimedJob, node: str) -> bool:
    try:
        with runtime.unit_of_work() as uow:
            fire(uow, job, node)
    except ConcurrentChange:
        _release(runtime, job.id)
        return False
    except EngineError as error:
        log.warning("job %s failed: %s", job.id, error)
        _postpone(runtime, job.id, str(error))
        return False
    except Exception as error:  # the outermost loop of a job: whatever goes wrong in it, the others are done
        log.exception("job %s failed unexpectedly", job.id)
        _postpone(runtime, job.id, repr(error))
        return False
    return True


def _release(runtime: Runtime, job_id: int) -> None:
    with runtime.unit_of_work() as uow:
        job = uow.session.scalar(select(Job).where(Job.id == job_id))
        if job is not None:
            job.claimed_until = None


def _postpone(runtime: Runtime, job_id: int, error: str) -> None:
    """Try again later, and later still each time; the row keeps the last error for those who look."""
    with runtime.unit_of_work() as uow:
        job = uow.session.scalar(select(Job).where(Job.id == job_id))
        if job is not None:
            wait = RETRY_AFTER[min(job.attempts, len(RETRY_AFTER) - 1)]
            job.attempts += 1
            job.last_error = error[:2000]
            job.claimed_until = uow.now + wait
