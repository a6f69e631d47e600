"""A stage for ledgers: the campaign, a few counties, a process that waits, and files as officials make them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import select

from engine.definitions import deploy
from engine.runtime import Runtime
from tests.diagrams import diagram, end, flows, process, start, user_task
from workflows.campaigns.opening import HENAN_2022, open_campaign
from workflows.cast import Cast, load_cast
from workflows.cast.cast import CastUnit
from workflows.hazards.models import Hazard
from workflows.ledger.importing import Importer, Mode, import_ledger
from workflows.ledger.opening import open_ledger
from workflows.ledger.remarks import Gravity
from workflows.ledger.report import LedgerReport
from workflows.organisations.models import Person

CODE = HENAN_2022.code
ANYTHING = b'{"type": "default", "id": "anything", "schemaVersion": 18, "components": []}'
Row = Mapping[str, Any]


def set_up(runtime: Runtime) -> Cast:
    """The cast, Henan's campaign, and a process `hazard_lookback` that waits at its first task."""
    waiting = process("hazard_lookback", start(), user_task("wait"), end(), flows("start", "wait", "end"))
    with runtime.unit_of_work() as uow:
        deploy(uow, {"hazard_lookback.bpmn": diagram(waiting), "anything.form": ANYTHING}, by="designer")
        cast = load_cast(uow, counties=3, units_per_sector=1)
        open_campaign(uow, HENAN_2022, committee_id=cast.province_committee, by="lead")
    return cast


def row_of(unit: CastUnit, description: str = "疏散通道堆放杂物", **others: Any) -> dict[str, Any]:
    """A row of the usual columns about a unit; others by their heading."""
    return {
        "问题来源": "国务院考核巡查",
        "检查时间": "2022.11.9",
        "被检查单位": unit.name,
        "统一社会信用代码": unit.uscc,
        "所属行业领域": unit.sector.label,
        "属地": unit.region_code,
        "隐患描述": description,
        "隐患等级": "一般",
        "整改要求": "立即清理",
        "整改措施": "清理并每日巡查",
        "整改责任单位": unit.name,
        "整改责任人": "某人",
        "整改时限": "立即整改",
    } | others


def workbook(path: Path, rows: Sequence[Row]) -> Path:
    """A workbook with a title above the head, as officials make them."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["安全生产大检查“回头看”隐患台账"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headings))
    sheet.append(headings)
    for row in rows:
        sheet.append([row.get(heading) for heading in headings])
    book.save(path)
    return path


def imported(runtime: Runtime, path: Path, mode: Mode = Mode.ALL_OR_NOTHING, campaign: str = CODE) -> LedgerReport:
    return import_ledger(runtime, open_ledger(path), campaign=campaign, mode=mode, by=Importer("clerk"))


def said(report: LedgerReport, gravity: Gravity) -> list[tuple[int, str, str]]:
    return [(it.row, it.heading, it.message) for it in report.remarks if it.gravity is gravity]


def ledger(runtime: Runtime) -> list[Hazard]:
    with runtime.reading() as uow:
        return list(uow.session.scalars(select(Hazard).order_by(Hazard.id)))


def name_of(runtime: Runtime, account: str) -> str:
    with runtime.reading() as uow:
        return uow.session.scalars(select(Person.name).where(Person.account == account)).one()
