"""The same hazard is on the ledger once, however often and in whatever file it comes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event

from engine.runtime import Runtime
from tests.integration.workflows.ledgers import imported, ledger, row_of, said, set_up, workbook
from workflows.campaigns.content_areas import ContentArea, Source
from workflows.cast import Cast
from workflows.cast.cast import CastUnit
from workflows.hazards.register import Registration, register
from workflows.hazards.words import Severity
from workflows.ledger import importing
from workflows.ledger.importing import Mode
from workflows.ledger.remarks import Gravity


@pytest.fixture
def cast(runtime: Runtime) -> Cast:
    return set_up(runtime)


def test_repeated_rows_and_imports_are_recognised(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    rows = [row_of(cast.units[0], "灭火器过期。"), row_of(cast.units[0], "灭火器，过期")]
    path = workbook(tmp_path / "台账.xlsx", rows)
    first, second = imported(runtime, path), imported(runtime, path)
    assert (first.registered, first.duplicates) == (1, 1)
    assert (second.registered, second.duplicates, len(ledger(runtime))) == (0, 2, 1)
    assert said(first, Gravity.NOTE) == [(4, "隐患描述", "与第 3 行重复，没有再导入")]


def test_a_row_of_an_earlier_ledger_is_recognised_by_its_number_there(
    runtime: Runtime, cast: Cast, tmp_path: Path
) -> None:
    row = row_of(cast.units[0], "灭火器过期", 来源文号="豫安委〔2021〕5号", 原序号="17")
    imported(runtime, workbook(tmp_path / "一.xlsx", [row]))
    again = imported(runtime, workbook(tmp_path / "二.xlsx", [row | {"隐患描述": "灭火器已过期三个月"}]))
    assert (again.duplicates, again.registered) == (1, 0)


def test_what_a_person_has_registered_is_recognised(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    with runtime.unit_of_work() as uow:
        registered = register(uow, by_hand(cast.units[0], "灭火器，过期"), by="clerk")
    report = imported(runtime, workbook(tmp_path / "台账.xlsx", [row_of(cast.units[0], "灭火器过期")]))
    assert said(report, Gravity.NOTE) == [(3, "隐患描述", f"台账中已有这条隐患（{registered.number}），没有再导入")]


def test_units_of_one_name_in_two_counties_are_two_units(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    here, there = cast.units[0], next(it for it in cast.units if it.region_code[:6] != cast.units[0].region_code[:6])
    rows = [row_of(replace(unit, name="老张饭店", uscc=None)) for unit in (here, there)]
    report = imported(runtime, workbook(tmp_path / "台账.xlsx", rows))
    assert (report.registered, report.duplicates) == (2, 0)


def test_what_is_seen_on_another_day_is_another_hazard(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    rows = [row_of(cast.units[0], 检查时间=f"2022.11.{day}") for day in (9, 10)]
    assert imported(runtime, workbook(tmp_path / "台账.xlsx", rows)).registered == 2


def test_files_imported_at_the_same_moment_register_each_hazard_once(
    runtime: Runtime, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 4)
    rows = [row_of(unit) for unit in cast.units[:20]]
    files = [
        workbook(tmp_path / f"{clerk}.xlsx", [*rows, row_of(cast.units[20], f"第{clerk}处")]) for clerk in range(4)
    ]
    with ThreadPoolExecutor(len(files)) as clerks:
        reports = list(clerks.map(partial(imported, runtime, mode=Mode.VALID_ONLY), files))
    assert sum(report.registered for report in reports) == len(ledger(runtime)) == 24
    assert sum(report.duplicates for report in reports) == 60


def test_the_check_asks_once_however_many_rows_and_hazards_there_are(
    runtime: Runtime, cast: Cast, tmp_path: Path
) -> None:
    rows = [row_of(cast.units[0], f"第{number}处", 来源文号="豫安委〔2021〕5号", 原序号=number) for number in range(40)]
    few, many = (workbook(tmp_path / f"{count}.xlsx", rows[:count]) for count in (2, 40))
    assert questions(runtime, few) == questions(runtime, many)
    imported(runtime, many)
    assert questions(runtime, many) == questions(runtime, few)


def by_hand(unit: CastUnit, description: str) -> Registration:
    """A hazard of a unit as a person tells of it."""
    return Registration(
        campaign_id=1, title=description, description=description, region_code=unit.region_code, sector=unit.sector,
        severity=Severity.GENERAL, content_area=ContentArea.ASSESSMENT, source=Source.STATE_ASSESSMENT,
        unit_name=unit.name, unit_id=unit.id, found_on=date(2022, 11, 9),
    )  # fmt: skip


def questions(runtime: Runtime, path: Path) -> int:
    """How many queries it takes to examine a file."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.extend([statement] * statement.startswith("SELECT"))

    event.listen(runtime.database.engine, "before_cursor_execute", note)
    imported(runtime, path, Mode.DRY_RUN)
    event.remove(runtime.database.engine, "before_cursor_execute", note)
    return len(asked)
