"""Turns what a row says into registrations: one for each hazard that it describes, with what follows from the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from workflows.calendar import BEIJING_TIME
from workflows.campaigns.content_areas import ContentArea, Source
from workflows.hazards.register import Registration
from workflows.hazards.words import Origin, Severity
from workflows.ledger.cells.answers import Completion
from workflows.ledger.cells.cell import Place, WrongCell
from workflows.ledger.cells.deadlines import Within, resolved
from workflows.ledger.cells.regions import code_of
from workflows.ledger.columns import BY_ATTRIBUTE, HISTORY, PARTS_OF_REGION
from workflows.ledger.directory import Standing
from workflows.ledger.remarks import Gravity
from workflows.ledger.rows import ReadRow
from workflows.ledger.splitting import split
from workflows.organisations.sectors import Sector

LONGEST_TITLE = 60
FIRST_SENTENCE = re.compile(r"[。；;！!\n]")
ASSESSED: Final = frozenset({Source.STATE_ASSESSMENT, Source.PROVINCIAL_TEAM, Source.LOCAL_INSPECTION})
WANTED: Final = ("requirements", "measures", "unit_name", "responsible_name", "due_at")
"""What the notice of 8 November 2022 wants in every row; the unit's plan can still add it."""

OF_EARLIER_LEDGERS: Final = ("previous_number", "done_on", "rechecked_on", "verdict")
CLAIMED: Final = frozenset({Completion.DONE.label, Completion.PARTLY.label})
AS_READ: Final = (
    "place", "criterion", "category", "accident_type", "violated_clause", "source_reference", "inspection_level",
    "inspecting_body", "inspectors", "experts", "found_on", "inspected_unit", "uscc", "responsible_name",
    "responsible_post", "responsible_phone", "department_person", "guaranteeing_leader", "requirements", "measures",
    "steps", "interim_controls", "funds_planned", "funds_in_place", "funds_spent", "penalties", "transfers", "remark",
    "claimed_result",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A hazard that a row puts on the ledger; `part` counts from 1 within the row. `notes` become its progress."""

    row: int
    part: int
    registration: Registration
    notes: tuple[str, ...]


def complete(read: ReadRow, place: Place) -> dict[str, Any]:
    """The row's values with those that follow from others; what is missing or does not agree is remarked on."""
    values = dict(read.values)
    _join_region(read, values)
    _resolve_limits(read, values, place)
    values.setdefault("unit_name", values.get("inspected_unit", ""))
    values["parts"] = _parts(read, values)
    if "severity" not in values and not read.is_refused("severity"):
        values["severity"] = Severity.GENERAL
        read.remark(Gravity.WARNING, "severity", "没有隐患等级，按一般隐患导入")
    if "source" not in values and not read.is_refused("source"):
        values["source"] = Source.EARLIER_LEDGER
        read.remark(Gravity.WARNING, "source", "没有问题来源，按历史台账导入")
    missing = [BY_ATTRIBUTE[each].heading for each in WANTED if not values.get(each) and not read.is_refused(each)]
    if missing:
        read.remark(Gravity.WARNING, "", f"缺少{'、'.join(missing)}，可由责任单位在整改方案中补充")
    return values


def entries_of(read: ReadRow, values: Mapping[str, Any], standing: Standing, campaign_id: int) -> list[Entry]:
    """The hazards of a row in which nothing is wrong; a description that numbers several gives one for each."""
    parts: Sequence[str] = values["parts"]
    notes = tuple(note for note in (values.get("progress", ""), history_note(values)) if note)
    return [
        Entry(read.number, part, _registration(values, standing, campaign_id, description, part, len(parts)), notes)
        for part, description in enumerate(parts, start=1)
    ]


def history_note(values: Mapping[str, Any]) -> str:
    """What the ledger tells of re-checks, closure, listing and the like, in one line; empty when it tells nothing."""
    told = [
        f"{column.heading}：{written(values[column.attribute])}" for column in HISTORY if column.attribute in values
    ]
    return f"原台账记载：{'；'.join(told)}" if told else ""


def written(value: Any) -> str:
    """A value in words, as the ledger writes it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.astimezone(BEIJING_TIME):%Y-%m-%d %H:%M}"
    return str(getattr(value, "label", value))


def title_of(description: str) -> str:
    """What a hazard is called when the ledger gives it no name: its description's first sentence, shortened."""
    first = FIRST_SENTENCE.split(description, maxsplit=1)[0].strip() or description
    return first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1] + "…"


def _join_region(read: ReadRow, values: dict[str, Any]) -> None:
    """The territory out of its columns for city, county and township, when it does not stand in one cell."""
    parts = [values.pop(part) for part in PARTS_OF_REGION if part in values]
    if "region_code" in values or not parts or read.is_refused("region_code"):
        return
    try:
        values["region_code"] = code_of("".join(parts))
    except WrongCell as wrong:
        read.remark(Gravity.ERROR, PARTS_OF_REGION[len(parts) - 1], str(wrong))


def _resolve_limits(read: ReadRow, values: dict[str, Any], place: Place) -> None:
    """Time limits as moments: the extended one holds, and none ends before the hazard was found."""
    found_on: date | None = values.get("found_on")
    for attribute in ("due_at", "extended_due_at"):
        limit = values.get(attribute)
        if isinstance(limit, Within):
            if found_on is None:
                read.remark(Gravity.ERROR, attribute, "时限从检查之日算起，但没有检查时间")
                del values[attribute]
                continue
            limit = values[attribute] = resolved(limit, found_on, place)
        if limit is not None and found_on is not None and place.calendar.local_date(limit) < found_on:
            read.remark(Gravity.ERROR, attribute, f"时限早于检查时间 {found_on.isoformat()}")


def _parts(read: ReadRow, values: Mapping[str, Any]) -> Sequence[str]:
    """The descriptions of the row's hazards; a row that bears a hazard's number is one hazard."""
    description: str = values.get("description", "")
    if "number" in values and description:
        return (description,)
    found = split(description)
    if found.doubt:
        read.remark(Gravity.ERROR, "description", f"疑似一格多条隐患，但{found.doubt}；请每行只写一条")
    elif len(found.parts) > 1:
        read.remark(Gravity.NOTE, "description", f"一格中有 {len(found.parts)} 条隐患，已拆分")
    return found.parts


def _registration(
    values: Mapping[str, Any], standing: Standing, campaign_id: int, description: str, part: int, parts: int
) -> Registration:
    name = values.get("title") or title_of(description)
    previous = values.get("previous_number", "")
    known = {attribute: values[attribute] for attribute in AS_READ if attribute in values}
    return Registration(
        **known,
        campaign_id=campaign_id,
        title=name,
        description=description,
        region_code=standing.region_code,
        sector=standing.sector,
        severity=values["severity"],
        content_area=_content_area(values, standing.sector),
        source=values["source"],
        unit_name=values["unit_name"],
        unit_id=standing.unit_id,
        responsible_person=standing.account,
        origin=_origin(values, standing),
        due_at=values.get("extended_due_at", values.get("due_at")),
        previous_id=standing.previous_id,
        previous_number=f"{previous}-{part}" if previous and parts > 1 else previous,
        claimed_done_on=values.get("done_on"),
    )


def _content_area(values: Mapping[str, Any], sector: Sector) -> ContentArea:
    if "content_area" in values:
        return values["content_area"]
    if sector is Sector.FOREST_FIRE:
        return ContentArea.FOREST_FIRE
    if values["source"] in ASSESSED:
        return ContentArea.ASSESSMENT
    three_years = values["source"] is Source.THREE_YEAR_ACTION
    return ContentArea.THREE_YEAR_ACTION if three_years else ContentArea.SECTOR_CAMPAIGN


def _origin(values: Mapping[str, Any], standing: Standing) -> Origin:
    """As the ledger says; else carried over when anything in the row tells of an earlier ledger."""
    if standing.previous_id is not None and values.get("origin") is not Origin.RELAPSED:
        return Origin.CARRIED_OVER
    if "origin" in values:
        return values["origin"]
    tells = any(attribute in values for attribute in OF_EARLIER_LEDGERS)
    is_old = tells or values["source"] is Source.EARLIER_LEDGER or values.get("claimed_result") in CLAIMED
    return Origin.CARRIED_OVER if is_old else Origin.NEW
