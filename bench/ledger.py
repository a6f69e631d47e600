"""What importing a ledger costs, beside reading the same workbook plainly and starting SpiffWorkflow for each row."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

from bench.measures import DIAGRAM, PROCESS, Row
from bench.peer import Peer
from bench.subject import STARTS
from bench.timing import in_turn
from engine.clock import ReplayClock
from engine.definitions import deploy
from engine.runtime import Runtime
from engine.storage.database import Database
from workflows.campaigns.opening import HENAN_2022, open_campaign
from workflows.cast import CastUnit, load_cast
from workflows.hazards import register
from workflows.ledger.importing import Importer, Mode, import_ledger
from workflows.ledger.opening import open_ledger

ROWS = 1000
ROUNDS = 3
DRAWN = {f'id="{PROCESS}"': f'id="{register.PROCESS}"', ">limit<": ">'P90D'<"}
"""What makes the measured diagram the main process: its name, and a limit that no variable brings."""
FIELDS = (
    "source", "found_on", "unit", "uscc", "sector", "region", "description", "severity", "requirements", "measures",
    "responsible_unit", "responsible_person", "due",
)  # fmt: skip
HEADINGS = (
    "问题来源", "检查时间", "被检查单位", "统一社会信用代码", "所属行业领域", "属地", "隐患描述", "隐患等级",
    "整改要求", "整改措施", "整改责任单位", "整改责任人", "整改时限",
)  # fmt: skip

_table = Table(
    "peer_ledger",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("instance", Integer),
    *(Column(name, Text) for name in FIELDS),
)


def measure_import(database: Database) -> Iterator[Row]:
    """One row: a ledger's file to hazards whose processes wait, all checks included, beside the plain way."""
    runtime = Runtime(database, ReplayClock(STARTS))
    units = _stage(runtime)
    peer = Peer(database.engine, DIAGRAM, PROCESS)
    _table.drop(database.engine, checkfirst=True)
    _table.create(database.engine)
    with tempfile.TemporaryDirectory() as folder:
        files = [ledger_file(Path(folder) / f"{number}.xlsx", units, ROWS, f"{number}-") for number in range(ROUNDS)]
        result = in_turn(
            [partial(_import, runtime, file) for file in files],
            [partial(_import_plainly, database, peer, file) for file in files],
            each=ROWS,
        )
    yield Row("import a ledger, each row", result.ours, result.peer, result.ratio, "≥ 1 ×", result.ratio >= 1)


def ledger_file(path: Path, units: Sequence[CastUnit], rows: int, mark: str = "") -> Path:
    """A workbook of so many rows in the usual columns, each a hazard of its own."""
    workbook = Workbook(write_only=True)
    sheet: Any = workbook.create_sheet("台账")
    sheet.append(HEADINGS)
    for number in range(rows):
        unit = units[number % len(units)]
        sheet.append(
            [
                "省综合督查组", "2022.11.9", unit.name, unit.uscc, unit.sector.label, unit.region_code,
                f"第{mark}{number}处疏散通道堆放杂物", "一般", "限期清理", "清理并每日巡查", unit.name, "张三",
                "2022年12月31日",
            ]
        )  # fmt: skip
    workbook.save(path)
    return path


def _stage(runtime: Runtime) -> Sequence[CastUnit]:
    diagram = DIAGRAM.read_text("utf-8")
    for drawn, instead in DRAWN.items():
        diagram = diagram.replace(drawn, instead)
    with runtime.unit_of_work() as uow:
        deploy(uow, {"hazard_lookback.bpmn": diagram.encode()}, by="bench")
        cast = load_cast(uow, counties=10)
        open_campaign(uow, HENAN_2022, committee_id=cast.province_committee, by="bench")
    return cast.units


def _import(runtime: Runtime, file: Path) -> None:
    ledger = open_ledger(file)
    report = import_ledger(runtime, ledger, campaign=HENAN_2022.code, mode=Mode.VALID_ONLY, by=Importer("bench"))
    assert report.registered == ROWS


def _import_plainly(database: Database, peer: Peer, file: Path) -> None:
    sheet: Any = load_workbook(file, read_only=True).active
    for values in sheet.iter_rows(min_row=2, values_only=True):
        row = dict(zip(FIELDS, values, strict=True))
        instance = peer.start({"limit": "P90D", "decision": "confirm", "hazard": row})
        with database.engine.begin() as connection:
            connection.execute(insert(_table).values(instance=instance, **row))
