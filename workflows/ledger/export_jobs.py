"""Exports in the background: asked for by a person, written by a duty, kept for a week, private to who asked."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any, Final
from urllib.parse import parse_qsl

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.runtime import Runtime, UnitOfWork
from engine.scheduler import Duty
from workflows.audit import AuditKind, record
from workflows.errors import Refused
from workflows.hazards.models import Hazard
from workflows.ledger.claiming import GivenUp, move, note, working
from workflows.ledger.columns import BY_ATTRIBUTE, EXPORTED, Column
from workflows.ledger.keeping import LedgerFiles, replacing
from workflows.ledger.models import ExportJob
from workflows.ledger.narrowing import campaign_of
from workflows.ledger.ownership import job_of, jobs_of
from workflows.ledger.selection import Selection
from workflows.ledger.states import UNDER_WAY, ExportFormat, JobState
from workflows.ledger.writing.delimited import write_csv
from workflows.ledger.writing.entries import ledger_rows
from workflows.ledger.writing.workbook import write_workbook
from workflows.organisations.people import person_by_account
from workflows.permissions import Scope, scope_of
from workflows.sentences import sentence

log = logging.getLogger(__name__)

AT_ONCE: Final = 3
"""So many exports of one person may wait or run."""
KEPT: Final = timedelta(days=7)
NOTED_EVERY: Final = 1000
NUMBER: Final = BY_ATTRIBUTE["number"]
POSITION: Final = BY_ATTRIBUTE["position"]


def ask_for_export(
    uow: UnitOfWork, account: str, selection: Selection, columns: Sequence[str], kind: ExportFormat
) -> ExportJob:
    """A new job that writes the selection with these columns (none: all 43). Raises Refused beyond the limit.

    The campaign is named by its code, so that a later one does not take its place.
    """
    busy = select(func.count(ExportJob.id)).where(ExportJob.account == account, ExportJob.state.in_(UNDER_WAY))
    if uow.session.scalars(busy).one() >= AT_ONCE:
        raise Refused(
            sentence("%(limit)s of your exports are under way; wait for one to end, or cancel it", limit=AT_ONCE)
        )
    campaign = campaign_of(uow.session, selection.campaign)
    job = ExportJob(
        account=account,
        query=replace(selection, campaign=campaign.code).query(),
        columns=[name for name in columns if name in BY_ATTRIBUTE],
        format=kind,
        state=JobState.WAITING,
        created_at=uow.now,
    )
    uow.session.add(job)
    uow.session.flush()
    return job


def exports_of(session: Session, account: str) -> Sequence[ExportJob]:
    """A person's latest exports, the newest first."""
    return jobs_of(session, ExportJob, account)


def export_of(session: Session, account: str, job_id: int) -> ExportJob:
    """One of a person's exports. Raises UnknownRecord, also for another person's."""
    return job_of(session, ExportJob, account, job_id)


def cancel_export(uow: UnitOfWork, account: str, job_id: int) -> None:
    """Give an export up. Raises UnknownRecord, WrongStage when it has ended."""
    move(uow, export_of(uow.session, account, job_id), JobState.CANCELLED)


def selection_of(job: ExportJob) -> Selection:
    """What an export writes."""
    return Selection.from_query(parse_qsl(job.query))


def exporting(runtime: Runtime, files: LedgerFiles, *, every: timedelta = timedelta(seconds=2)) -> Duty:
    """The duty that writes exports, one after the other; one that was killed is written anew."""

    def work(job: ExportJob, stopping: Event) -> None:
        write_export(runtime, files, job, stopping)

    states = (JobState.WAITING, JobState.RUNNING)
    return Duty("export-ledgers", every, working(runtime, ExportJob, states, work))


def write_export(runtime: Runtime, files: LedgerFiles, job: ExportJob, stopping: Event) -> None:
    """Write a claimed export's file and finish it. Raises GivenUp when it was cancelled or the process is to stop."""
    selection = selection_of(job)
    scope = _begin(runtime, job, selection)
    if scope is None:
        return
    try:
        with replacing(files.written(job)) as path, runtime.reading() as uow:
            wanted = selection.narrow(uow.session, select(Hazard), scope, uow.now)
            rows = _noted(runtime, job, ledger_rows(uow.session, wanted), stopping)
            count = _WRITERS[job.format](path, rows, _columns(job))
    except GivenUp:
        raise
    except Exception:
        log.exception("export %s failed", job.id)
        _end(runtime, job, JobState.FAILED, sentence("the file could not be written; ask for it again"))
        return
    _finish(runtime, job, count)


def _begin(runtime: Runtime, job: ExportJob, selection: Selection) -> Scope | None:
    """Count what there is to write; None when the person may no longer read anything."""
    with runtime.unit_of_work() as uow:
        person = person_by_account(uow.session, job.account)
        scope = scope_of(uow.session, person) if person is not None else Scope()
        held = uow.session.get_one(ExportJob, job.id)
        if person is None or not person.active:
            move(uow, held, JobState.FAILED, sentence("the account is no longer active"))
            return None
        move(uow, held, JobState.RUNNING)
        held.claimed_until = job.claimed_until
        held.rows = uow.session.scalars(
            selection.narrow(uow.session, select(func.count(Hazard.id)), scope, uow.now)
        ).one()
        held.done_rows = 0
    return scope


def _noted(
    runtime: Runtime, job: ExportJob, rows: Iterator[Mapping[str, Any]], stopping: Event
) -> Iterator[Mapping[str, Any]]:
    for count, row in enumerate(rows):
        if count % NOTED_EVERY == 0:
            note(runtime, job, count, stopping)
        yield row


def _columns(job: ExportJob) -> Sequence[Column]:
    """The chosen columns behind the number, by which an import knows the hazards again; all when none is chosen."""
    if not job.columns:
        return EXPORTED
    chosen = [BY_ATTRIBUTE[name] for name in job.columns if name in BY_ATTRIBUTE]
    return [POSITION, NUMBER, *(column for column in chosen if column not in (POSITION, NUMBER))]


def _write_csv(path: Path, rows: Iterator[Mapping[str, Any]], columns: Sequence[Column]) -> int:
    return write_csv(path, rows, columns=columns)


_WRITERS: Final[Mapping[ExportFormat, Callable[[Path, Iterator[Mapping[str, Any]], Sequence[Column]], int]]] = {
    ExportFormat.WORKBOOK: write_workbook,
    ExportFormat.CSV: _write_csv,
}


def _finish(runtime: Runtime, job: ExportJob, count: int) -> None:
    with runtime.unit_of_work() as uow:
        held = uow.session.get_one(ExportJob, job.id)
        if held.state is not JobState.RUNNING:
            return
        move(uow, held, JobState.DONE)
        held.rows = held.done_rows = count
        held.expires_at = uow.now + KEPT
        facts = {"selection": held.query, "columns": held.columns, "format": held.format.value, "hazards": count}
        record(uow, AuditKind.LEDGER_EXPORTED, by=held.account, object_key=f"export-{held.id}", after=facts)


def _end(runtime: Runtime, job: ExportJob, state: JobState, said: str) -> None:
    with runtime.unit_of_work() as uow:
        held = uow.session.get_one(ExportJob, job.id)
        if held.state in UNDER_WAY:
            move(uow, held, state, said)
