"""The ledger's columns: their headings, what each is called in the record, and how a cell of each is read.

Source: the 43 columns proposed in the field notes (DOMAIN.md, section 4). No official form of the look-back of 2022
was found; a column with several figures, such as 整改资金 计划/到位/完成, is one entry here for each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workflows.ledger.cells import words
from workflows.ledger.cells.answers import completion, count, yes_or_no
from workflows.ledger.cells.cell import Reader
from workflows.ledger.cells.credit_codes import credit_code
from workflows.ledger.cells.dates import day
from workflows.ledger.cells.deadlines import deadline
from workflows.ledger.cells.money import money
from workflows.ledger.cells.regions import region
from workflows.ledger.cells.texts import text

LINE = text(255)
LONG = text()


@dataclass(frozen=True)
class Column:
    """A column by its number in the field notes, with the attribute of the record that it is about.

    What an `is_history` column says of a carried-over hazard was not done by our processes; it is kept as one note of
    the hazard's progress.
    """

    number: int
    heading: str
    attribute: str
    read: Reader
    is_history: bool = False


COLUMNS: Final = (
    Column(1, "序号", "position", LONG),
    Column(2, "隐患编号", "number", text(64)),
    Column(3, "问题来源", "source", words.source),
    Column(3, "问题来源类别", "content_area", words.content_area),
    Column(4, "来源文号", "source_reference", LINE),
    Column(4, "原序号", "previous_number", text(128)),
    Column(4, "新增或结转", "origin", words.origin),
    Column(5, "检查层级", "inspection_level", words.inspection_level),
    Column(6, "检查时间", "found_on", day),
    Column(7, "检查单位", "inspecting_body", LINE),
    Column(8, "检查人员", "inspectors", text(500)),
    Column(9, "专家", "experts", text(500)),
    Column(10, "被检查单位", "inspected_unit", LINE),
    Column(11, "统一社会信用代码", "uscc", credit_code),
    Column(12, "所属行业领域", "sector", words.sector),
    Column(13, "属地", "region_code", region),
    Column(13, "属地/市", "region_city", text(64)),
    Column(13, "属地/县", "region_county", text(64)),
    Column(13, "属地/乡", "region_township", text(64)),
    Column(14, "具体部位", "place", text(500)),
    Column(15, "隐患名称", "title", LINE),
    Column(15, "隐患描述", "description", LONG),
    Column(16, "隐患类别", "category", words.category),
    Column(17, "可能事故类型", "accident_type", text(64)),
    Column(18, "隐患等级", "severity", words.severity),
    Column(19, "判定依据条款", "criterion", LINE),
    Column(20, "违反法规条款", "violated_clause", text(500)),
    Column(21, "整改要求", "requirements", LONG),
    Column(22, "整改措施", "measures", LONG),
    Column(22, "整改步骤", "steps", LONG),
    Column(23, "整改责任单位", "unit_name", LINE),
    Column(24, "整改责任人", "responsible_name", LINE),
    Column(24, "整改责任人职务", "responsible_post", LINE),
    Column(24, "整改责任人电话", "responsible_phone", text(64)),
    Column(25, "行业监管部门", "department", LINE),
    Column(25, "监管责任人", "department_person", LINE),
    Column(26, "属地责任单位", "committee", LINE),
    Column(26, "包保领导", "guaranteeing_leader", LINE),
    Column(27, "整改资金计划(万元)", "funds_planned", money),
    Column(27, "整改资金到位(万元)", "funds_in_place", money),
    Column(27, "整改资金完成(万元)", "funds_spent", money),
    Column(28, "整改时限", "due_at", deadline),
    Column(29, "管控措施", "interim_controls", LONG),
    Column(30, "整改情况", "progress", LONG),
    Column(31, "整改完成时间", "done_on", day),
    Column(32, "整改前照片", "photos_before", LONG, is_history=True),
    Column(32, "整改后照片", "photos_after", LONG, is_history=True),
    Column(33, "是否完成", "claimed_result", completion),
    Column(33, "当前环节", "stage", LINE),
    Column(34, "延期次数", "extensions", count, is_history=True),
    Column(34, "批准后时限", "extended_due_at", deadline),
    Column(35, "复查时间", "rechecked_on", day, is_history=True),
    Column(35, "复查人", "recheckers", LONG, is_history=True),
    Column(35, "复查意见", "recheck_opinion", LONG, is_history=True),
    Column(36, "销号时间", "closed_on", day, is_history=True),
    Column(36, "销号审批人", "closed_by", LINE, is_history=True),
    Column(37, "是否挂牌督办", "listed", yes_or_no, is_history=True),
    Column(37, "挂牌督办级别", "listing_level", LINE, is_history=True),
    Column(37, "挂牌督办文号", "listing_document", LINE, is_history=True),
    Column(37, "摘牌时间", "delisted_on", day, is_history=True),
    Column(38, "执法文书号", "documents", LONG, is_history=True),
    Column(39, "处罚", "penalties", text(500)),
    Column(40, "是否曝光", "exposed", yes_or_no, is_history=True),
    Column(40, "曝光媒体", "exposure_media", LINE, is_history=True),
    Column(40, "曝光时间", "exposed_on", day, is_history=True),
    Column(41, "移送约谈问责", "transfers", text(500)),
    Column(42, "回头看抽核结果", "verdict", words.verdict, is_history=True),
    Column(43, "备注", "remark", LONG),
)

BY_ATTRIBUTE: Final[Mapping[str, Column]] = {column.attribute: column for column in COLUMNS}
PARTS_OF_REGION: Final = ("region_city", "region_county", "region_township")
EXPORTED: Final = tuple(column for column in COLUMNS if column.attribute not in PARTS_OF_REGION)
HISTORY: Final = tuple(column for column in COLUMNS if column.is_history)
