"""What is exported is read again with the same values, and changes nothing when it is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from engine.runtime import Runtime
from tests.integration.workflows.ledgers import CODE, imported, ledger, row_of, set_up, workbook
from workflows.calendar import WorkingCalendar
from workflows.campaigns.content_areas import ContentArea, InspectionLevel, Source
from workflows.campaigns.opening import CampaignPlan, open_campaign
from workflows.cast import Cast
from workflows.exposure.models import Exposure, ExposureStatus
from workflows.geography.divisions import RegionLevel, divisions
from workflows.hazards.models import Hazard, ProgressNote, Verification
from workflows.hazards.register import Registration, register_many
from workflows.hazards.words import Category, Origin, Severity, Stage, Verdict
from workflows.ledger.cells.answers import Completion
from workflows.ledger.cells.cell import Place
from workflows.ledger.cells.regions import name_of
from workflows.ledger.columns import EXPORTED
from workflows.ledger.exporting import export_ledger
from workflows.ledger.importing import Mode
from workflows.ledger.opening import open_ledger
from workflows.ledger.rows import SAME_AS_ABOVE, read_rows
from workflows.ledger.writing.delimited import Encoding, write_csv
from workflows.ledger.writing.workbook import write_workbook
from workflows.listed_supervision.models import Supervision, SupervisionStatus
from workflows.organisations.people import person_by_account
from workflows.organisations.sectors import Sector
from workflows.permissions import scope_of
from workflows.spelling import folded

PLACE = Place("", date(2022, 11, 8), date(2023, 1, 31), WorkingCalendar())


def is_no_ditto(text: str) -> bool:
    """Whether a cell says something of its own; 同上 and its like repeat the cell above, whoever wrote them."""
    return folded(text) not in SAME_AS_ABOVE


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff") | st.just("\n"),
    max_size=40,
).map(str.strip).filter(is_no_ditto) | st.sampled_from(
    ["=1+1", "+86 371", "-", "@SUM(A1)", "'=x", "000123", "#N/A", "_x0041_", "1e5", "11-8"]
)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
moments = st.builds(
    lambda day, minutes: datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes),
    days,
    st.integers(0, 1439),
) | days.map(lambda day: datetime(day.year, day.month, day.day, 10, tzinfo=UTC))
amounts = st.decimals(0, Decimal("9999999999.99"), places=2)
kinds: Mapping[str, st.SearchStrategy[Any]] = {
    "source": st.sampled_from(Source),
    "content_area": st.sampled_from(ContentArea),
    "origin": st.sampled_from(Origin),
    "inspection_level": st.sampled_from(InspectionLevel),
    "sector": st.sampled_from(Sector),
    "category": st.sampled_from(Category),
    "severity": st.sampled_from(Severity),
    "verdict": st.sampled_from(Verdict),
    "stage": st.sampled_from(Stage).map(lambda stage: stage.label),
    "region_code": st.sampled_from(sorted(divisions())),
    "claimed_result": st.sampled_from(Completion).map(lambda claim: claim.label),
    "uscc": st.sampled_from(["91110000600037341L", ""]),
    "extensions": st.integers(1, 20),
    **dict.fromkeys(("listed", "exposed"), st.booleans()),
    **dict.fromkeys(("found_on", "done_on", "rechecked_on", "closed_on", "delisted_on", "exposed_on"), days),
    **dict.fromkeys(("due_at", "extended_due_at"), moments),
    **dict.fromkeys(("funds_planned", "funds_in_place", "funds_spent"), amounts),
}
rows_of_values = st.fixed_dictionaries(
    {"description": st.just("隐患")},
    optional={
        column.attribute: kinds.get(column.attribute, words)
        for column in EXPORTED
        if column.attribute not in ("position", "description")
    },
)


@pytest.fixture
def cast(runtime: Runtime) -> Cast:
    return set_up(runtime)


@pytest.mark.parametrize("kind", [".xlsx", "UTF-8", "GB18030"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=st.lists(rows_of_values, min_size=1, max_size=4))
def test_whatever_is_written_is_read_with_the_same_values(
    kind: str, rows: list[dict[str, Any]], tmp_path: Path
) -> None:
    path = tmp_path / ("ledger.xlsx" if kind == ".xlsx" else "ledger.csv")
    shown = [row | ({"region_code": name_of(row["region_code"])} if "region_code" in row else {}) for row in rows]
    if kind == ".xlsx":
        write_workbook(path, shown)
    else:
        write_csv(path, shown, next(each for each in Encoding if each.label == kind))
    opened = open_ledger(path)
    read = [dict(row.values) for row in read_rows(opened.sheet, opened.layout, PLACE)]
    for row in read:
        del row["position"]
    assert read == [{name: value for name, value in row.items() if value != ""} for row in rows]


def full_registration(cast: Cast, campaign_id: int) -> Registration:
    """A registration in which every field says something."""
    unit = cast.units[0]
    told: dict[str, Any] = {
        it.name: f"{it.name}：=1+1" for it in fields(Registration) if it.type in ("str", "str | None")
    }
    told |= {
        "campaign_id": campaign_id, "region_code": unit.region_code, "sector": unit.sector, "unit_id": unit.id,
        "unit_name": unit.name, "uscc": unit.uscc, "severity": Severity.MAJOR, "origin": Origin.CARRIED_OVER,
        "content_area": ContentArea.THREE_YEAR_ACTION, "source": Source.TIP, "category": Category.MANAGEMENT,
        "inspection_level": InspectionLevel.CITY, "found_on": date(2022, 11, 8), "description": "=1、甲\n2、乙",
        "funds_planned": Decimal("1.50"), "funds_in_place": Decimal("0.50"), "funds_spent": Decimal("0.25"),
        "due_at": datetime(2022, 12, 31, 10, tzinfo=UTC), "claimed_done_on": date(2021, 5, 3),
        "claimed_result": "已完成", "responsible_person": None,
    }  # fmt: skip
    return Registration(**told)


def test_an_export_imports_again_and_changes_nothing(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    imported(runtime, workbook(tmp_path / "台账.xlsx", [row_of(unit) for unit in cast.units[:5]]))
    before = [vars(hazard).copy() for hazard in ledger(runtime)]
    assert export_ledger(runtime, tmp_path / "导出.xlsx", campaign=CODE, scope=None) == 5
    report = imported(runtime, tmp_path / "导出.xlsx", Mode.VALID_ONLY)
    assert (report.duplicates, report.registered, report.wrong_rows) == (5, 0, 0)
    after = [vars(hazard) for hazard in ledger(runtime)]
    assert [{**row, "_sa_instance_state": None} for row in before] == [
        {**row, "_sa_instance_state": None} for row in after
    ]


@pytest.mark.parametrize("csv", [None, Encoding.UTF_8, Encoding.GB18030])
def test_a_ledger_moves_to_another_campaign_without_loss(
    runtime: Runtime, cast: Cast, tmp_path: Path, csv: Encoding | None
) -> None:
    with runtime.unit_of_work() as uow:
        plan = CampaignPlan("next", "再回头看", date(2022, 11, 8), date(2023, 1, 31))
        open_campaign(uow, plan, committee_id=cast.province_committee, by="lead")
        register_many(uow, [full_registration(cast, 1)], by="clerk")
    path = tmp_path / ("导出.csv" if csv else "导出.xlsx")
    export_ledger(runtime, path, campaign=CODE, scope=None, csv=csv)
    assert imported(runtime, path, campaign="next").registered == 1
    [old, new] = ledger(runtime)
    known = {it.name for it in fields(Registration)} - {"campaign_id", "previous_id"}
    assert {name: getattr(new, name) for name in known} == {name: getattr(old, name) for name in known}
    assert new.previous_id == old.id


def test_what_happened_in_our_processes_is_exported(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    imported(runtime, workbook(tmp_path / "台账.xlsx", [row_of(cast.units[0])]))
    with runtime.unit_of_work() as uow:
        hazard = uow.session.get_one(Hazard, ledger(runtime)[0].id)
        hazard.extensions, hazard.due_at = 1, datetime(2022, 12, 31, 10, tzinfo=UTC)
        hazard.verdict = Verdict.GENUINE
        uow.session.add_all(
            [
                ProgressNote(hazard_id=hazard.id, text="已清理", at=uow.now, by="zeren"),
                Verification(
                    hazard_id=hazard.id, stage=Stage.SPECIAL_INSPECTION, passed=True, opinion="合格",
                    verifiers=["jiancha1", "jiancha2"], at=uow.now,
                ),
            ]
        )  # fmt: skip
    export_ledger(runtime, tmp_path / "导出.xlsx", campaign=CODE, scope=None)
    [row] = exported(tmp_path / "导出.xlsx")
    assert (row["整改情况"], row["复查人"], row["复查意见"]) == ("已清理", "jiancha1、jiancha2", "合格")
    assert (row["整改时限"].date(), row["批准后时限"].date()) == (date(2022, 11, 9), date(2022, 12, 31))
    assert (row["延期次数"], row["回头看抽核结果"], row["当前环节"]) == (1, "属实", "自查整改")


def test_listed_supervision_and_exposure_are_exported(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    imported(runtime, workbook(tmp_path / "台账.xlsx", [row_of(unit) for unit in cast.units[:2]]))
    with runtime.unit_of_work() as uow:
        hazard = uow.session.get_one(Hazard, ledger(runtime)[0].id)
        hazard.listed = hazard.exposed = True
        told = {"hazard_id": hazard.id, "reason": "拒不整改", "proposed_by": "ban", "proposed_at": uow.now}
        listed = Supervision(
            **told, committee_id=cast.province_committee, level=RegionLevel.PROVINCE, document="豫安委办〔2022〕1号",
            status=SupervisionStatus.DELISTED, delisted_at=uow.now,
        )  # fmt: skip
        shown = Exposure(**told, status=ExposureStatus.PUBLISHED, media="河南日报", published_at=uow.now)
        uow.session.add_all([listed, shown])
    export_ledger(runtime, tmp_path / "导出.xlsx", campaign=CODE, scope=None)
    first, second = exported(tmp_path / "导出.xlsx")
    columns = ("是否挂牌督办", "挂牌督办级别", "挂牌督办文号", "是否曝光", "曝光媒体")
    assert [first[column] for column in columns] == ["是", "省级", "豫安委办〔2022〕1号", "是", "河南日报"]
    assert [second[column] for column in columns] == ["否", None, None, "否", None]
    assert first["摘牌时间"].date() == first["曝光时间"].date() == date(2022, 11, 8)


def test_no_cell_becomes_a_formula(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    imported(runtime, workbook(tmp_path / "台账.xlsx", [row_of(cast.units[0], 备注="'=HYPERLINK(1)")]))
    with runtime.unit_of_work() as uow:
        uow.session.get_one(Hazard, ledger(runtime)[0].id).remark = "=HYPERLINK(1)"
    export_ledger(runtime, tmp_path / "导出.xlsx", campaign=CODE, scope=None)
    sheet: Any = load_workbook(tmp_path / "导出.xlsx").active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_people_export_only_what_they_may_read(runtime: Runtime, cast: Cast, tmp_path: Path) -> None:
    imported(runtime, workbook(tmp_path / "台账.xlsx", [row_of(unit) for unit in cast.units[:5]]))
    with runtime.reading() as uow:
        person = person_by_account(uow.session, cast.units[2].responsible_person)
        assert person is not None
        scope = scope_of(uow.session, person)
    assert export_ledger(runtime, tmp_path / "导出.xlsx", campaign=CODE, scope=scope) == 1


def exported(path: Path) -> list[dict[str, Any]]:
    """The rows of an exported workbook, by heading."""
    sheet: Any = load_workbook(path).active
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]
