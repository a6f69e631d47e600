"""Registration's rules, as the official reads them in the report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from workflows.hazards.rules import errors_of
from workflows.hazards.words import Severity
from workflows.ledger.refusals import in_chinese
from workflows.organisations.sectors import Sector
from workflows.sentences import sentence

FOUND_ON = date(2022, 11, 9)
SOUND: dict[str, Any] = {
    "title": "通道堵塞", "description": "疏散通道堵塞", "unit_name": "老张饭店", "region_code": "410105",
    "sector": Sector.COAL_MINES, "severity": Severity.GENERAL, "found_on": FOUND_ON,
}  # fmt: skip


def told(**wrong: Any) -> dict[str, str]:
    errors = errors_of(SOUND | wrong, [Sector.COAL_MINES.value], FOUND_ON)
    return {field: in_chinese(field, why) for field, why in errors.items()}


def test_a_sound_hazard_breaks_no_rule() -> None:
    assert told() == {}


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("description", "", "没有隐患描述"),
        ("unit_name", "", "没有整改责任单位，也没有被检查单位"),
        ("sector", Sector.TOWN_GAS, "本次行动不含“城镇燃气”"),
        ("region_code", "990101", "没有代码为“990101”的行政区划"),
    ],
)
def test_each_rule_is_said_in_chinese(field: str, wrong: object, said: str) -> None:
    assert told(**{field: wrong}) == {field: said}


def test_a_major_hazard_needs_a_criterion_that_was_in_force() -> None:
    assert told(severity=Severity.MAJOR) == {"criterion": "重大隐患必须写明判定依据条款"}
    clause = "应急管理部令第4号 第四条"
    assert told(severity=Severity.MAJOR, criterion=clause) == {}
    assert told(severity=Severity.MAJOR, criterion=clause, found_on=date(2019, 1, 1)) == {
        "criterion": "应急管理部令第4号 在 2019-01-01 不是有效的判定标准"
    }


def test_a_rule_without_words_here_speaks_for_itself() -> None:
    assert in_chinese("place", sentence("it is too far away")) == "it is too far away"


def test_a_field_that_is_not_known_breaks_no_rule_but_of_need() -> None:
    assert set(errors_of({"severity": Severity.MAJOR}, [], FOUND_ON)) == {
        "title", "description", "unit_name", "criterion",
    }  # fmt: skip
