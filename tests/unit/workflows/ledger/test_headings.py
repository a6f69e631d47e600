from __future__ import annotations

import pytest

from workflows.ledger.columns import COLUMNS, EXPORTED
from workflows.ledger.headings import column_of, layout_of


@pytest.mark.parametrize(
    ("heading", "attribute"),
    [
        ("隐患描述★", "description"),
        ("存在问题", "description"),
        ("整改责任人/姓名", "responsible_name"),
        ("整改责任人/电话", "responsible_phone"),
        ("整改资金（万元）/到位", "funds_in_place"),
        ("整改资金（元）", "funds_planned"),
        ("复查/时间", "rechecked_on"),
        ("属地/县（市、区）", "region_county"),
        ("责任 单位", "unit_name"),
        ("整改时限（年月日）", "due_at"),
        ("基本情况/企业名称", "inspected_unit"),
        ("执法文书/编号", "documents"),
    ],
)
def test_a_heading_is_recognised_in_its_usual_forms(heading: str, attribute: str) -> None:
    column = column_of(heading)
    assert column is not None
    assert column.attribute == attribute


@pytest.mark.parametrize("heading", ["气温", "监管部门/电话", ""])
def test_another_heading_is_not(heading: str) -> None:
    assert column_of(heading) is None


def test_every_heading_of_ours_means_its_own_column() -> None:
    assert [column for column in COLUMNS if column_of(column.heading) is not column] == []


def test_all_43_columns_of_the_field_notes_are_there() -> None:
    assert {column.number for column in EXPORTED} == set(range(1, 44))


def test_of_two_columns_for_the_same_thing_the_first_is_read() -> None:
    layout = layout_of(["隐患描述", "存在问题", "气温", "导入问题", ""])
    assert list(layout.columns) == [0]
    assert layout.repeated == ("存在问题",)
    assert layout.unknown == ("气温",)
