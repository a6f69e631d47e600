"""`lookback hazards`: imports a ledger into a campaign, and exports it again."""

from __future__ import annotations

from getpass import getuser
from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from lookback.bootstrap import Application
from lookback.cli.console import err, out, progress
from lookback.cli.launch import Launch, pass_launch
from workflows.errors import UnknownRecord
from workflows.ledger.exporting import export_ledger, hazards_in_scope
from workflows.ledger.importing import Importer, Mode, import_ledger
from workflows.ledger.opening import OpenLedger, open_ledger
from workflows.ledger.remarks import Gravity
from workflows.ledger.report import LedgerReport
from workflows.ledger.report_workbook import ReportWorkbook
from workflows.ledger.writing.delimited import Encoding
from workflows.organisations.people import person_by_account
from workflows.permissions import Scope, scope_of
from workflows.records import Record

SHOWN = 50
STYLES = {Gravity.ERROR: "red", Gravity.WARNING: "yellow", Gravity.NOTE: "dim"}

campaign_option = click.option("--campaign", required=True, metavar="CODE", help="The campaign, e.g. henan-2022.")


@click.group()
def hazards() -> None:
    """The ledger of hazards."""


@hazards.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@campaign_option
@click.option("--dry-run", is_flag=True, help="Only report; import nothing.")
@click.option("--valid-only", is_flag=True, help="Import the rows without errors; goes on where it was interrupted.")
@click.option("--report", "report_file", type=click.Path(dir_okay=False, path_type=Path), help="Write an .xlsx report.")
@click.option("--by", metavar="ACCOUNT", help="Import as this person, within the person's scope.")
@pass_launch
@click.pass_context
def import_file(
    ctx: click.Context,
    launch: Launch,
    file: Path,
    campaign: str,
    dry_run: bool,
    valid_only: bool,
    report_file: Path | None,
    by: str | None,
) -> None:
    """Import FILE (.xlsx, .xls or .csv): all rows, or none when one has an error. Exits with 1 when there is one."""
    mode = Mode.DRY_RUN if dry_run else Mode.VALID_ONLY if valid_only else Mode.ALL_OR_NOTHING
    ledger = open_ledger(file)
    workbook = ReportWorkbook(ledger.sheet.headings) if report_file else None
    with launch.application() as application:
        report = _import(application, ledger, campaign, mode, by, workbook)
    _print(report, mode)
    if workbook is not None and report_file is not None:
        workbook.save(report_file)
        out.print(f"报告已写入 {report_file}", markup=False)
    ctx.exit(0 if report.is_clean else 1)


@hazards.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@campaign_option
@click.option("--as", "account", metavar="ACCOUNT", help="Export only what this person may read.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV instead of a workbook.")
@click.option(
    "--encoding", type=click.Choice([each.label for each in Encoding]), default="UTF-8", help="Of a CSV file."
)
@pass_launch
def export(launch: Launch, file: Path, campaign: str, account: str | None, as_csv: bool, encoding: str) -> None:
    """Export the campaign's ledger to FILE, with all columns; it can be imported again."""
    csv = next(each for each in Encoding if each.label == encoding) if as_csv else None
    with launch.application() as application, progress() as bar:
        scope = _scope(application, account)
        with application.runtime.reading() as uow:
            total = hazards_in_scope(uow.session, campaign, scope)
        task = bar.add_task("导出", total=total)
        count = export_ledger(
            application.runtime, file, campaign=campaign, scope=scope, csv=csv, on_row=lambda: bar.advance(task)
        )
    out.print(f"已导出 {count} 条隐患到 {file}", markup=False)


def _import(
    application: Application, ledger: OpenLedger, campaign: str, mode: Mode, by: str | None, sink: ReportWorkbook | None
) -> LedgerReport:
    importer = Importer(by or getuser(), _scope(application, by))
    with progress() as bar:
        passes = 2 if mode is Mode.ALL_OR_NOTHING else 1
        task = bar.add_task("核对" if mode is Mode.DRY_RUN else "导入", total=ledger.rows * passes)
        return import_ledger(
            application.runtime,
            ledger,
            campaign=campaign,
            mode=mode,
            by=importer,
            calendar=application.timekeeping.calendar,
            sink=sink,
            on_rows=lambda count: bar.advance(task, count),
        )


def _scope(application: Application, account: str | None) -> Scope | None:
    if account is None:
        return None
    with application.runtime.reading() as uow:
        person = person_by_account(uow.session, account)
        if person is None or not person.active:
            raise UnknownRecord(Record.ACCOUNT, account)
        return scope_of(uow.session, person)


def _print(report: LedgerReport, mode: Mode) -> None:
    if report.remarks:
        table = Table("行", "列", "", "说明")
        for remark in report.remarks[:SHOWN]:
            style = STYLES[remark.gravity]
            table.add_row(
                str(remark.row), escape(remark.heading), remark.gravity.label, escape(remark.message), style=style
            )
        err.print(table)
    hidden = report.counted.total() - min(len(report.remarks), SHOWN)
    if hidden > 0:
        err.print(f"另有 {hidden} 条说明没有列出；用 --report 文件.xlsx 得到全部。")
    if report.resumed_after:
        out.print(f"从第 {report.resumed_after} 行之后继续。")
    out.print(
        f"共 {report.rows} 行：{report.hazards} 条可导入，{report.duplicates} 条重复，{report.wrong_rows} 行有错误；"
        + _outcome(report, mode)
    )


def _outcome(report: LedgerReport, mode: Mode) -> str:
    if mode is Mode.DRY_RUN:
        return "试运行，没有导入。"
    if mode is Mode.ALL_OR_NOTHING and not report.is_clean:
        return "有错误，全部没有导入；改正后重试，或用 --valid-only 只导入有效行。"
    return f"已登记 {report.registered} 条。"
