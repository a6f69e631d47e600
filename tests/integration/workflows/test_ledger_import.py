"""Ledgers as officials make them, imported into a real database."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from engine.runtime import Runtime
from engine.storage.models import Instance, UserTask
from tests.integration.workflows.ledgers import CODE, imported, ledger, name_of, row_of, said, set_up, workbook
from workflows.campaigns.content_areas import ContentArea
from workflows.campaigns.opening import CampaignPlan, open_campaign
from workflows.cast import Cast
from workflows.hazards.models import ProgressNote
from workflows.hazards.words import Origin
from workflows.ledger import importing
from workflows.ledger.errors import ImportRefused, UnreadableFile
from workflows.ledger.importing import Importer, Mode, import_ledger
from workflows.ledger.models import LedgerImport
from workflows.ledger.opening import open_ledger
from workflows.ledger.remarks import Gravity
from workflows.ledger.report_workbook import ReportWorkbook
from workflows.organisations.people import person_by_account
from workflows.permissions import scope_of


@pytest.fixture
def cast(runtime: Runtime) -> Cast:
    return set_up(runtime)


def test_a_row_becomes_a_numbered_hazard_whose_process_waits(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    unit = cast.units[0]
    report = imported(runtime, workbook(tmp_path / "台账.xlsx", [row_of(unit)]))
    [hazard] = ledger(runtime)
    assert (report.registered, report.wrong_rows) == (1, 0)
    assert hazard.number == f"豫回2022-{unit.region_code[:6]}-000001"
    assert (hazard.unit_id, hazard.content_area, hazard.found_on) == (
        unit.id, ContentArea.ASSESSMENT, date(2022, 11, 9),
    )  # fmt: skip
    assert hazard.due_at == datetime(2022, 11, 9, 10, tzinfo=UTC)
    with runtime.reading() as uow:
        task = uow.session.scalars(select(UserTask)).one()
        assert uow.session.get_one(Instance, task.instance_id).business_key == hazard.number


def test_merged_heads_and_units_over_several_rows_are_read(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    unit = cast.units[0]
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["被检查单位", "属地", "行业领域", "隐患描述", "整改责任人", "", "整改资金（元）"])
    sheet.append(["", "", "", "", "姓名", "电话", ""])
    sheet.append([unit.name, unit.region_code, unit.sector.label, "通道堵塞", "张三", 13803710000, "50000"])
    sheet.append(["", "", "", "灭火器过期", "同上", "13803710001", "2万元"])
    for merged in ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:G2", "A3:A4", "B3:B4", "C3:C4"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "台账.xlsx")
    imported(runtime, tmp_path / "台账.xlsx")
    assert [
        (it.unit_id, it.responsible_name, it.responsible_phone, str(it.funds_planned)) for it in ledger(runtime)
    ] == [
        (unit.id, "张三", "13803710000", "5.00"),
        (unit.id, "张三", "13803710001", "2.00"),
    ]


def test_a_gb18030_text_with_full_width_figures_is_read(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    row = row_of(cast.units[0], 检查时间="２０２２年１１月９日", 整改时限="１２月底前")
    path = tmp_path / "台账.csv"
    with path.open("w", encoding="gb18030", newline="") as opened:
        csv.writer(opened).writerows([list(row), list(row.values())])
    report = imported(runtime, path)
    [hazard] = ledger(runtime)
    assert (hazard.found_on, hazard.due_at) == (date(2022, 11, 9), datetime(2022, 12, 31, 10, tzinfo=UTC))
    assert (2, "整改时限", "按 2022-12-31 导入") in said(report, Gravity.WARNING)


def test_several_hazards_in_one_cell_become_several_rows(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    description = "1、疏散通道堆放杂物；2、灭火器已经过期"
    row = row_of(cast.units[0], description, 来源文号="豫安委〔2021〕5号", 原序号="17")
    report = imported(runtime, workbook(tmp_path / "台账.xlsx", [row]))
    assert [(it.description, it.previous_number) for it in ledger(runtime)] == [
        ("疏散通道堆放杂物", "17-1"),
        ("灭火器已经过期", "17-2"),
    ]
    assert said(report, Gravity.NOTE) == [(3, "隐患描述", "一格中有 2 条隐患，已拆分")]


def test_every_wrong_cell_is_named_by_row_and_column(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    rows = [
        row_of(cast.units[0]),
        row_of(cast.units[0], "1、堆放杂物；3、灭火器过期", 检查时间="11月8日-10日", 隐患等级="较大"),
        row_of(cast.units[1], "无人值守", 整改时限="长期坚持", 属地="北京市"),
        row_of(cast.units[1], "无证上岗", 整改时限="2022-11-01", 隐患等级="重大"),
    ]
    report = imported(runtime, workbook(tmp_path / "台账.xlsx", rows), Mode.DRY_RUN)
    assert {(row, heading) for row, heading, _ in said(report, Gravity.ERROR)} == {
        (4, "隐患描述"), (4, "检查时间"), (4, "隐患等级"), (4, "整改时限"),
        (5, "整改时限"), (5, "属地"),
        (6, "整改时限"), (6, ""),
    }  # fmt: skip
    assert (report.hazards, report.wrong_rows, report.registered) == (1, 3, 0)


def test_one_error_keeps_the_whole_file_out(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", [row_of(cast.units[0]), row_of(cast.units[1], "")])
    report = imported(runtime, path)
    assert not report.is_clean
    assert ledger(runtime) == []


def test_valid_rows_can_go_in_alone(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", [row_of(cast.units[0]), row_of(cast.units[1], "")])
    report = imported(runtime, path, Mode.VALID_ONLY)
    assert (report.registered, report.wrong_rows, len(ledger(runtime))) == (1, 1, 1)


def test_a_dry_run_leaves_nothing_behind(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    report = imported(runtime, workbook(tmp_path / "台账.xlsx", [row_of(cast.units[0])]), Mode.DRY_RUN)
    with runtime.reading() as uow:
        assert uow.session.scalars(select(LedgerImport)).all() == []
    assert (report.hazards, ledger(runtime)) == (1, [])


def test_what_an_earlier_ledger_claims_is_carried_over(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    row = row_of(
        cast.units[0], 原序号="17", 整改完成时间="2021年5月3日", 是否完成="√", 复查时间="2021.5.4", 复查人="张三、李四",
        整改情况="已清理", 回头看抽核结果="反弹",
    )  # fmt: skip
    imported(runtime, workbook(tmp_path / "台账.xlsx", [row]))
    [hazard] = ledger(runtime)
    assert (hazard.origin, hazard.claimed_result, hazard.claimed_done_on, hazard.verdict) == (
        Origin.CARRIED_OVER, "已完成", date(2021, 5, 3), None,
    )  # fmt: skip
    with runtime.reading() as uow:
        assert uow.session.scalars(select(ProgressNote.text).order_by(ProgressNote.id)).all() == [
            "已清理",
            "原台账记载：复查时间：2021-05-04；复查人：张三、李四；回头看抽核结果：反弹",
        ]


def test_a_hazard_of_another_campaign_is_linked(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    imported(runtime, workbook(tmp_path / "一.xlsx", [row_of(cast.units[0])]))
    [old] = ledger(runtime)
    with runtime.unit_of_work() as uow:
        plan = CampaignPlan("next", "再回头看", date(2022, 11, 8), date(2023, 1, 31))
        open_campaign(uow, plan, committee_id=cast.province_committee, by="lead")
    path = workbook(tmp_path / "二.xlsx", [row_of(cast.units[0], 隐患编号=old.number)])
    imported(runtime, path, campaign="next")
    [_, new] = ledger(runtime)
    assert (new.previous_id, new.origin) == (old.id, Origin.CARRIED_OVER)


def test_people_of_the_unit_are_known_by_name(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    unit = cast.units[0]
    name = name_of(runtime, unit.responsible_person)
    imported(runtime, workbook(tmp_path / "台账.xlsx", [row_of(unit, 整改责任人=name)]))
    assert ledger(runtime)[0].responsible_person == unit.responsible_person


def test_a_unit_outside_the_directory_is_kept_by_its_name(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    row = row_of(cast.units[0], 整改责任单位="某街口小卖部", 统一社会信用代码="/")
    report = imported(runtime, workbook(tmp_path / "台账.xlsx", [row]))
    assert (ledger(runtime)[0].unit_id, ledger(runtime)[0].unit_name) == (None, "某街口小卖部")
    assert ledger(runtime)[0].inspected_unit == cast.units[0].name
    assert any("单位名录中没有" in message for *_, message in said(report, Gravity.WARNING))


def test_a_credit_code_goes_before_the_name_and_the_difference_is_named(
    runtime: Runtime, cast: Cast, tmp_path: Path
) -> None:
    row = row_of(cast.units[0], 被检查单位="旧名称厂", 整改责任单位="旧名称厂")
    report = imported(runtime, workbook(tmp_path / "台账.xlsx", [row]))
    assert (ledger(runtime)[0].unit_id, ledger(runtime)[0].unit_name) == (cast.units[0].id, "旧名称厂")
    assert any(cast.units[0].name in message for *_, message in said(report, Gravity.WARNING))


def test_the_inspected_units_code_says_nothing_of_another_responsible_unit(
    runtime: Runtime, cast: Cast, tmp_path: Path
) -> None:
    imported(runtime, workbook(tmp_path / "台账.xlsx", [row_of(cast.units[0], 整改责任单位=cast.units[1].name)]))
    assert ledger(runtime)[0].unit_id == cast.units[1].id


def test_a_known_unit_tells_territory_and_sector(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    unit = cast.units[0]
    imported(runtime, workbook(tmp_path / "台账.xlsx", [row_of(unit, 属地="", 所属行业领域="")]))
    assert (ledger(runtime)[0].region_code, ledger(runtime)[0].sector) == (unit.region_code, unit.sector)


def test_a_person_imports_only_where_the_scope_reaches(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    own, other = cast.units[0], cast.units[-1]
    with runtime.reading() as uow:
        person = person_by_account(uow.session, own.responsible_person)
        assert person is not None
        importer = Importer(person.account, scope_of(uow.session, person))
    path = workbook(tmp_path / "台账.xlsx", [row_of(own), row_of(other)])
    report = import_ledger(runtime, open_ledger(path), campaign=CODE, mode=Mode.VALID_ONLY, by=importer)
    assert [message for *_, message in said(report, Gravity.ERROR)] == ["不在您的权限范围（属地、行业或单位）内"]
    assert [hazard.created_by for hazard in ledger(runtime)] == [own.responsible_person]


def test_a_file_too_long_for_one_transaction_is_refused_with_the_remedy(
    runtime: Runtime, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_AT_ONCE", 1)
    path = workbook(tmp_path / "台账.xlsx", [row_of(unit) for unit in cast.units[:2]])
    with pytest.raises(ImportRefused, match="--valid-only"):
        imported(runtime, path)
    assert ledger(runtime) == []


def test_the_report_colours_wrong_cells_and_is_a_ledger_once_corrected(
    runtime: Runtime, cast: Cast, tmp_path: Path
) -> None:
    opened = open_ledger(
        workbook(tmp_path / "台账.xlsx", [row_of(cast.units[0], 隐患等级="较大"), row_of(cast.units[1])])
    )
    report = ReportWorkbook(opened.sheet.headings)
    import_ledger(runtime, opened, campaign=CODE, mode=Mode.DRY_RUN, by=Importer("clerk"), sink=report)
    report.save(tmp_path / "报告.xlsx")
    book = load_workbook(tmp_path / "报告.xlsx")
    sheet: Any = book.active
    column = [cell.value for cell in sheet[1]].index("隐患等级") + 1
    wrong = sheet.cell(2, column)
    assert (sheet.cell(2, 1).value, wrong.fill.start_color.rgb) == (3, "00FFC7CE")
    assert "较大" in wrong.comment.text
    wrong.value = "一般"
    book.save(tmp_path / "改正.xlsx")
    assert imported(runtime, tmp_path / "改正.xlsx").registered == 2


def test_totals_and_signatures_below_the_rows_are_left_out(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    rows = [row_of(cast.units[0]), {"问题来源": "合计", "检查时间": "1"}, {"问题来源": "填表人：张三"}]
    report = imported(runtime, workbook(tmp_path / "台账.xlsx", rows))
    assert (report.registered, report.wrong_rows) == (1, 0)


def test_a_sheet_without_the_ledgers_headings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="没有找到表头"):
        open_ledger(workbook(tmp_path / "别的.xlsx", [{"姓名": "张三", "年龄": 41}]))
