"""Examines rows against the database: what they name, who may import them, whether the ledger has them already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.campaigns.models import Campaign
from workflows.errors import UnknownRecord
from workflows.geography.divisions import path_of
from workflows.hazards.answering import Answering
from workflows.hazards.rules import errors_of
from workflows.ledger.cells.cell import Place
from workflows.ledger.directory import Directory, Standing, Unit, look_up
from workflows.ledger.duplicates import Duplicates
from workflows.ledger.entries import Entry, complete, entries_of
from workflows.ledger.refusals import in_chinese
from workflows.ledger.remarks import Gravity
from workflows.ledger.rows import ReadRow
from workflows.permissions import Scope, permits_change
from workflows.spelling import folded

FROM_DESCRIPTION: Final = "（随隐患描述）"
"""Stands for the title of a row that has none: it follows from the description, and so breaks no rule of its own."""


@dataclass(frozen=True)
class Examined:
    """A row with the hazards that it would put on the ledger, and how many of its hazards are there already."""

    row: ReadRow
    entries: tuple[Entry, ...] = ()
    duplicates: int = 0


@dataclass
class Examination:
    """Examines one file's rows, batch after batch. Without a `scope` the importer may import everywhere."""

    campaign_id: int
    sectors: frozenset[str]
    place: Place
    scope: Scope | None
    today: date
    answering: Answering = field(default_factory=Answering)

    def __post_init__(self) -> None:
        self._duplicates = Duplicates(self.campaign_id)

    def examine(self, session: Session, rows: Sequence[ReadRow]) -> list[Examined]:
        """The rows with what came of them, in order; remarks are added to the rows."""
        completed = {row.number: complete(row, self.place) for row in rows if not row.is_summary}
        directory = look_up(session, list(completed.values()))
        standing: dict[int, list[Entry]] = {}
        for row in rows:
            if row.number in completed:
                standing[row.number] = self._entries(session, row, completed[row.number], directory)
        repeated = self._duplicates.among(session, [entry for entries in standing.values() for entry in entries])
        return [_without(row, standing.get(row.number), repeated) for row in rows]

    def _entries(self, session: Session, row: ReadRow, values: dict[str, Any], directory: Directory) -> list[Entry]:
        known = directory.hazards.get(values.get("number", ""))
        if known is not None and known.campaign_id == self.campaign_id:
            row.remarks.clear()
            row.remark(Gravity.NOTE, "number", f"编号 {values['number']} 已在台账中，没有改动")
            return []
        if known is None and "number" in values:
            values.setdefault("previous_number", values["number"])
        standing = self._standing(session, row, values, directory, known.id if known else None)
        return [] if standing is None or row.is_wrong else entries_of(row, values, standing, self.campaign_id)

    def _standing(
        self, session: Session, row: ReadRow, values: dict[str, Any], directory: Directory, previous_id: int | None
    ) -> Standing | None:
        unit = directory.unit(values)
        region_code = values.get("region_code") or (unit.region_code if unit else None)
        sector = values.get("sector") or (unit.sector if unit else None)
        self._say_broken_rules(row, {**values, "region_code": region_code, "sector": sector})
        if region_code is None or sector is None:
            _say_missing(row, region_code is None, sector is None)
            return None
        name = values.get("responsible_name", "")
        account = directory.account(unit.id if unit else None, name)
        _say_unknown(row, values, unit, is_person_known=account is not None)
        standing = Standing(region_code, sector, unit.id if unit else None, account, previous_id)
        self._check_standing(session, row, values, standing)
        return standing

    def _check_standing(self, session: Session, row: ReadRow, values: dict[str, Any], standing: Standing) -> None:
        self._say_who_answers(session, row, values, standing)
        reached = path_of(standing.region_code), standing.sector, standing.unit_id
        if self.scope is not None and not permits_change(self.scope, *reached):
            row.remark(Gravity.ERROR, "region_code", "不在您的权限范围（属地、行业或单位）内")

    def _say_broken_rules(self, row: ReadRow, values: Mapping[str, Any]) -> None:
        """Those that every registration must keep; what a refused cell says is not judged again."""
        told = {attribute: value for attribute, value in values.items() if value is not None}
        told.setdefault("title", FROM_DESCRIPTION)
        for attribute, why in errors_of(told, self.sectors, self.today).items():
            if not row.is_refused(attribute):
                row.remark(Gravity.ERROR, attribute, in_chinese(attribute, why))

    def _say_who_answers(self, session: Session, row: ReadRow, values: dict[str, Any], standing: Standing) -> None:
        try:
            department = self.answering.department(session, standing.region_code, standing.sector)
            committee = self.answering.committee(session, standing.region_code)
        except UnknownRecord:
            row.remark(Gravity.ERROR, "region_code", f"该属地没有“{standing.sector.label}”的监管部门或安委会，无人负责")
            return
        for attribute, ours in (("department", department.name), ("committee", committee.name)):
            if values.get(attribute, ours) != ours:
                row.remark(Gravity.NOTE, attribute, f"按属地和行业由“{ours}”负责")


def examination_of(uow: UnitOfWork, campaign: Campaign, place: Place, scope: Scope | None) -> Examination:
    """The examination of a file that is to go into a campaign's ledger."""
    today = place.calendar.local_date(uow.now)
    return Examination(campaign.id, frozenset(campaign.sectors), place, scope, today)


def _without(row: ReadRow, entries: list[Entry] | None, repeated: dict[tuple[int, int], str]) -> Examined:
    if entries is None:
        return Examined(row)
    if not entries:
        return Examined(row, duplicates=0 if row.is_wrong else 1)
    fresh = tuple(entry for entry in entries if (entry.row, entry.part) not in repeated)
    for entry in entries:
        where = repeated.get((entry.row, entry.part))
        if where is not None:
            which = f"第 {entry.part} 条" if len(entries) > 1 else ""
            row.remark(Gravity.NOTE, "description", f"{which}{where}，没有再导入")
    return Examined(row, fresh, len(entries) - len(fresh))


def _say_missing(row: ReadRow, no_region: bool, no_sector: bool) -> None:
    for is_missing, attribute, what in (
        (no_region, "region_code", "没有属地"),
        (no_sector, "sector", "没有所属行业领域"),
    ):
        if is_missing and not row.is_refused(attribute):
            row.remark(Gravity.ERROR, attribute, f"{what}，单位名录中也查不到")


def _say_unknown(row: ReadRow, values: dict[str, Any], unit: Unit | None, *, is_person_known: bool) -> None:
    name = values["unit_name"]
    if unit is None:
        if name:
            row.remark(Gravity.WARNING, "unit_name", f"单位名录中没有“{name}”，只按名称导入")
        return
    if folded(unit.name) != folded(name):
        row.remark(Gravity.WARNING, "uscc", f"这个信用代码在名录中属于“{unit.name}”，按该单位导入")
    if "responsible_name" in values and not is_person_known:
        row.remark(Gravity.WARNING, "responsible_name", f"该单位没有“{values['responsible_name']}”的账号，只按姓名导入")
