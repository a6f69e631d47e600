"""What a column of the ledger expects, for the official whose cell was refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workflows.campaigns.content_areas import ContentArea, InspectionLevel, Source
from workflows.hazards.words import Category, Origin, Severity, Verdict
from workflows.labels import LabelledEnum
from workflows.ledger.cells.cell import Reader
from workflows.ledger.cells.credit_codes import credit_code
from workflows.ledger.cells.dates import day
from workflows.ledger.cells.deadlines import deadline
from workflows.ledger.cells.money import money
from workflows.ledger.cells.regions import region
from workflows.ledger.columns import BY_ATTRIBUTE
from workflows.organisations.sectors import Sector

CHOICES: Final[Mapping[str, type[LabelledEnum]]] = {
    "source": Source,
    "content_area": ContentArea,
    "origin": Origin,
    "inspection_level": InspectionLevel,
    "sector": Sector,
    "category": Category,
    "severity": Severity,
    "verdict": Verdict,
}
KINDS: Final[Mapping[Reader, str]] = {
    day: "一个日期，如 2022-11-08 或 2022年11月8日",
    deadline: "一个日期，或“15日内”“10个工作日内”“立即整改”",
    money: "以万元为单位的数，如 5 或 0.5",
    region: "行政区划名称或代码，如 郑州市金水区",
    credit_code: "18 位统一社会信用代码",
}
NEEDED: Final[Mapping[str, str]] = {
    "description": "每行一条隐患，写明问题",
    "unit_name": "整改责任单位的全称",
    "criterion": "重大隐患写明检查当日有效的判定标准条款",
}
"""What is wanted of columns in which any text will do, once it is there."""


def expected(attribute: str) -> str:
    """What may stand in a column, in Chinese; empty where any text may."""
    column = BY_ATTRIBUTE.get(attribute)
    if column is None:
        return ""
    if attribute in CHOICES:
        return "、".join(member.label for member in CHOICES[attribute])
    return KINDS.get(column.read, NEEDED.get(attribute, ""))
