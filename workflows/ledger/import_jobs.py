"""Imports in the background: handed in, examined, decided on by who handed in, imported batch by batch."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.runtime import Runtime, UnitOfWork
from engine.scheduler import Duty
from workflows.audit import AuditKind, record
from workflows.calendar import WorkingCalendar
from workflows.campaigns.models import Campaign
from workflows.errors import Refused
from workflows.ledger.claiming import GivenUp, move, note, working
from workflows.ledger.errors import ImportRefused, UnreadableFile
from workflows.ledger.importing import Importer, Mode, import_ledger
from workflows.ledger.keeping import LedgerFiles, replacing
from workflows.ledger.models import ImportJob, LedgerImport
from workflows.ledger.opening import OpenLedger, open_ledger
from workflows.ledger.ownership import job_of, jobs_of
from workflows.ledger.preview import Preview
from workflows.ledger.report_workbook import ReportWorkbook
from workflows.ledger.states import ENDED, JobState
from workflows.organisations.people import person_by_account
from workflows.permissions import Scope, scope_of
from workflows.sentences import sentence

log = logging.getLogger(__name__)

AT_ONCE: Final = 3
"""So many imports of one person may be open."""


def may_import(scope: Scope) -> bool:
    """Whether somebody may put any hazard on the ledger; which rows, the examination says one by one."""
    return bool(scope.units) or any(territory.may_change for territory in scope.territories)


def hand_in(
    uow: UnitOfWork, files: LedgerFiles, account: str, campaign: Campaign, name: str, content: Path
) -> ImportJob:
    """A new job for a file, which is moved into keeping and opened.

    Raises Refused beyond the limit, UnreadableFile when it is no ledger; nothing is kept then.
    """
    mine = select(ImportJob.id).where(ImportJob.account == account, ImportJob.state.not_in(ENDED)).limit(AT_ONCE)
    if len(uow.session.scalars(mine).all()) >= AT_ONCE:
        raise Refused(sentence("%(limit)s of your imports are open; decide on them, or cancel one", limit=AT_ONCE))
    job = ImportJob(
        account=account,
        campaign_id=campaign.id,
        file_name=name[-255:],
        size=content.stat().st_size,
        state=JobState.EXAMINING,
        created_at=uow.now,
    )
    uow.session.add(job)
    uow.session.flush()
    place = files.handed_in(job)
    place.parent.mkdir(parents=True, exist_ok=True)
    content.replace(place)
    try:
        job.rows = open_ledger(place).rows
    except UnreadableFile:
        files.forget(job)
        raise
    return job


def imports_of(session: Session, account: str) -> Sequence[ImportJob]:
    """A person's latest imports, the newest first."""
    return jobs_of(session, ImportJob, account)


def import_of(session: Session, account: str, job_id: int) -> ImportJob:
    """One of a person's imports. Raises UnknownRecord, also for another person's."""
    return job_of(session, ImportJob, account, job_id)


def confirm_import(uow: UnitOfWork, account: str, job_id: int) -> None:
    """Let the valid rows of an examined file be imported. Raises UnknownRecord, WrongStage when it was decided on."""
    job = import_of(uow.session, account, job_id)
    move(uow, job, JobState.WAITING)
    job.done_rows = 0


def cancel_import(uow: UnitOfWork, files: LedgerFiles, account: str, job_id: int) -> None:
    """Give an import up; what is on the ledger stays. Raises UnknownRecord, WrongStage when it has ended."""
    job = import_of(uow.session, account, job_id)
    move(uow, job, JobState.CANCELLED)
    files.forget_handed_in(job)


def importing(
    runtime: Runtime, files: LedgerFiles, calendar: WorkingCalendar, *, every: timedelta = timedelta(seconds=2)
) -> Duty:
    """The duty that examines and imports files; one that was killed goes on behind its last committed batch."""
    states = (JobState.EXAMINING, JobState.WAITING, JobState.RUNNING)

    def work(job: ImportJob, stopping: Event) -> None:
        ImportRun(runtime, files, calendar, job, stopping).go_on()

    return Duty("import-ledgers", every, working(runtime, ImportJob, states, work))


@dataclass(frozen=True)
class ImportRun:
    """One process's work on a claimed job."""

    runtime: Runtime
    files: LedgerFiles
    calendar: WorkingCalendar
    job: ImportJob
    stopping: Event

    def go_on(self) -> None:
        """Examine the file or import it, whichever is next. Raises GivenUp when it is to leave off."""
        try:
            if self.job.state is JobState.EXAMINING:
                self._examine()
            else:
                self._import()
        except (ImportRefused, UnreadableFile, Refused) as refused:
            self._fail(str(refused))
        except GivenUp:
            raise
        except Exception:
            log.exception("import %s failed", self.job.id)
            self._fail(
                sentence("something went wrong on our side; what is on the ledger stays, hand the file in again")
            )

    def _examine(self) -> None:
        ledger = open_ledger(self.files.handed_in(self.job))
        preview = Preview(ledger.sheet.headings, ReportWorkbook(ledger.sheet.headings))
        report = import_ledger(
            self.runtime,
            ledger,
            campaign=self._campaign(),
            mode=Mode.DRY_RUN,
            by=self._importer(),
            calendar=self.calendar,
            sink=preview,
            on_rows=_Counter(self),
        )
        with replacing(self.files.report(self.job)) as path:
            preview.report.save(path)
        with self.runtime.unit_of_work() as uow:
            job = uow.session.get_one(ImportJob, self.job.id)
            move(uow, job, JobState.EXAMINED)
            job.rows = job.done_rows = report.rows
            job.fresh, job.carried_over = report.hazards, report.carried_over
            job.duplicates, job.wrong_rows, job.preview = report.duplicates, report.wrong_rows, preview.shown()

    def _import(self) -> None:
        ledger = open_ledger(self.files.handed_in(self.job))
        with self.runtime.unit_of_work() as uow:
            job = uow.session.get_one(ImportJob, self.job.id)
            move(uow, job, JobState.RUNNING)
            job.claimed_until = self.job.claimed_until
        if not self._is_imported(ledger):
            import_ledger(
                self.runtime,
                ledger,
                campaign=self._campaign(),
                mode=Mode.VALID_ONLY,
                by=self._importer(),
                calendar=self.calendar,
                on_rows=_Counter(self),
            )
        self._finish(ledger)

    def _is_imported(self, ledger: OpenLedger) -> bool:
        """Whether an earlier process imported the file to its end and was killed before it could say so."""
        with self.runtime.reading() as uow:
            known = self._record_of(uow.session, ledger)
        return (
            known is not None
            and known.finished_at is not None
            and known.started_at >= self.job.created_at
            and known.started_by == self.job.account
        )

    def _finish(self, ledger: OpenLedger) -> None:
        with self.runtime.unit_of_work() as uow:
            job = uow.session.get_one(ImportJob, self.job.id)
            known = self._record_of(uow.session, ledger)
            if known is not None:
                job.registered, job.duplicates, job.wrong_rows = known.registered, known.duplicates, known.wrong_rows
            job.done_rows = job.rows
            move(uow, job, JobState.DONE)
            facts = {
                "file": job.file_name,
                "campaign": self._campaign(),
                "registered": job.registered,
                "duplicates": job.duplicates,
                "wrong_rows": job.wrong_rows,
            }
            record(uow, AuditKind.LEDGER_IMPORTED, by=job.account, object_key=f"import-{job.id}", after=facts)
        self.files.forget_handed_in(job)

    def _fail(self, said: str) -> None:
        with self.runtime.unit_of_work() as uow:
            job = uow.session.get_one(ImportJob, self.job.id)
            if job.state in ENDED:
                return
            move(uow, job, JobState.FAILED, said)
        self.files.forget_handed_in(job)

    def _campaign(self) -> str:
        with self.runtime.reading() as uow:
            return uow.session.get_one(Campaign, self.job.campaign_id).code

    def _importer(self) -> Importer:
        with self.runtime.reading() as uow:
            person = person_by_account(uow.session, self.job.account)
            return Importer(self.job.account, scope_of(uow.session, person) if person is not None else Scope())

    def _record_of(self, session: Session, ledger: OpenLedger) -> LedgerImport | None:
        wanted = select(LedgerImport).where(
            LedgerImport.campaign_id == self.job.campaign_id, LedgerImport.digest == ledger.digest()
        )
        return session.scalars(wanted).one_or_none()


@dataclass
class _Counter:
    """Hears of each batch and says how far the run is."""

    run: ImportRun
    rows: int = 0

    def __call__(self, count: int) -> None:
        self.rows += count
        note(self.run.runtime, self.run.job, self.rows, self.run.stopping)
