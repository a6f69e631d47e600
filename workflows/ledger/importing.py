"""Imports a ledger's file into a campaign: only reporting, or all rows or none, or the valid rows, resumably."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final

from sqlalchemy.orm import Session

from engine.runtime import Runtime, UnitOfWork
from workflows.calendar import WorkingCalendar
from workflows.campaigns.opening import campaign_by_code
from workflows.hazards.answering import Answering
from workflows.ledger import progress
from workflows.ledger.cells.cell import Place
from workflows.ledger.errors import ImportRefused
from workflows.ledger.examination import Examination, Examined, examination_of
from workflows.ledger.opening import OpenLedger
from workflows.ledger.progress import File
from workflows.ledger.registering import register_entries
from workflows.ledger.report import LedgerReport, RowSink
from workflows.ledger.rows import ReadRow, read_rows
from workflows.permissions import Scope

BATCH: Final = 500
MOST_AT_ONCE: Final = 10_000
"""So many hazards at most are registered in one transaction, which holds up everyone who writes at the same time."""

OnRows = Callable[[int], None]


class Mode(StrEnum):
    """DRY_RUN only reports. ALL_OR_NOTHING is one transaction; VALID_ONLY one for each batch of rows."""

    DRY_RUN = "dry_run"
    ALL_OR_NOTHING = "all_or_nothing"
    VALID_ONLY = "valid_only"


@dataclass(frozen=True)
class Importer:
    """Who imports, and how far this person reaches; None for the operator of the installation, who reaches all."""

    account: str
    scope: Scope | None = None


def import_ledger(
    runtime: Runtime,
    ledger: OpenLedger,
    *,
    campaign: str,
    mode: Mode,
    by: Importer,
    calendar: WorkingCalendar | None = None,
    sink: RowSink | None = None,
    on_rows: OnRows = lambda _count: None,
) -> LedgerReport:
    """Import the file into the campaign with this code, and report on it; `on_rows` hears of each batch's rows.

    A file with an error imports nothing unless the mode is VALID_ONLY. ALL_OR_NOTHING reads the rows twice: it examines
    all before it registers the first. The same file imported again is recognised hazard by hazard. Raises UnknownRecord
    for the campaign, ImportRefused when the file is too long for one transaction or another process imports it.
    """
    run = _Run(runtime, ledger, campaign, by, calendar or WorkingCalendar(), on_rows)
    if mode is Mode.VALID_ONLY:
        return run.valid_rows(sink)
    report = run.dry(sink)
    if mode is Mode.DRY_RUN or not report.is_clean or not report.hazards:
        return report
    return run.all_at_once(report)


@dataclass(frozen=True)
class _Run:
    runtime: Runtime
    ledger: OpenLedger
    campaign: str
    by: Importer
    calendar: WorkingCalendar
    on_rows: OnRows

    def dry(self, sink: RowSink | None) -> LedgerReport:
        report = self._report(sink)
        with self.runtime.reading() as uow:
            examination, place = self._examination(uow)
            for rows in self._batches(place):
                self._examined(uow.session, examination, rows, report)
                self.on_rows(len(rows))
        return report

    def all_at_once(self, report: LedgerReport) -> LedgerReport:
        if report.hazards > MOST_AT_ONCE:
            raise ImportRefused(
                f"共 {report.hazards} 条隐患，超过一次全部导入的上限 {MOST_AT_ONCE} 条；"
                "请选择“只导入有效行”（--valid-only，可断点续传），或分成几个文件"
            )
        with self.runtime.unit_of_work() as uow:
            examination, place = self._examination(uow)
            file = progress.begin(uow, campaign_by_code(uow.session, self.campaign), self._file(), anew=True)
            for rows in self._batches(place):
                examined = examination.examine(uow.session, rows)
                if any(each.row.is_wrong for each in examined):
                    raise ImportRefused("核对之后有单位或权限变动，有的行已不能导入；请重新核对")
                report.registered += self._register(uow, file, examination.answering, examined)
                self.on_rows(len(rows))
            progress.finish(uow, file)
        return report

    def valid_rows(self, sink: RowSink | None) -> LedgerReport:
        report = self._report(sink)
        with self.runtime.unit_of_work() as uow:
            examination, place = self._examination(uow)
            file = progress.begin(uow, campaign_by_code(uow.session, self.campaign), self._file())
            report.resumed_after = reached = file.last_row
        rows_to_do = (row for row in read_rows(self.ledger.sheet, self.ledger.layout, place) if row.number > reached)
        for rows in _batched(rows_to_do, BATCH):
            with self.runtime.unit_of_work() as uow:
                progress.hold(uow, file, expected=reached)
                examined = self._examined(uow.session, examination, rows, report)
                report.registered += self._register(uow, file, examination.answering, examined)
            reached = rows[-1].number
            self.on_rows(len(rows))
        with self.runtime.unit_of_work() as uow:
            progress.hold(uow, file, expected=reached)
            progress.finish(uow, file)
        return report

    def _examination(self, uow: UnitOfWork) -> tuple[Examination, Place]:
        campaign = campaign_by_code(uow.session, self.campaign)
        place = Place("", campaign.first_day, campaign.last_day, self.calendar)
        return examination_of(uow, campaign, place, self.by.scope), place

    def _batches(self, place: Place) -> Iterator[Sequence[ReadRow]]:
        return _batched(read_rows(self.ledger.sheet, self.ledger.layout, place), BATCH)

    def _report(self, sink: RowSink | None) -> LedgerReport:
        report = LedgerReport(sink=sink)
        for remark in self.ledger.remarks():
            report.say(remark)
        return report

    def _examined(
        self, session: Session, examination: Examination, rows: Sequence[ReadRow], report: LedgerReport
    ) -> list[Examined]:
        examined = examination.examine(session, rows)
        for each in examined:
            report.add(each)
        return examined

    def _register(self, uow: UnitOfWork, file: File, answering: Answering, examined: Sequence[Examined]) -> int:
        entries = [entry for each in examined for entry in each.entries]
        register_entries(uow, entries, import_id=file.id, answering=answering, by=self.by.account)
        progress.advance(
            uow,
            file,
            last_row=examined[-1].row.number,
            registered=len(entries),
            duplicates=sum(each.duplicates for each in examined),
            wrong_rows=sum(each.row.is_wrong for each in examined),
        )
        # What is written need not be kept in mind: a long import stays as small as a short one.
        uow.session.flush()
        uow.session.expunge_all()
        return len(entries)

    def _file(self) -> File:
        return File(digest=self.ledger.digest(), name=self.ledger.path.name, by=self.by.account)


def _batched(rows: Iterable[ReadRow], size: int) -> Iterator[Sequence[ReadRow]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch
