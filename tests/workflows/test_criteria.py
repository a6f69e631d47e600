"""Criteria: a major hazard is judged by the list that was in force when it was found."""

from __future__ import annotations

from datetime import date

import pytest

from tests.workflows.play import MAJOR, Play
from workflows.criteria import Certainty, criteria_in_force, named_out_of_force
from workflows.criteria.criteria import all_criteria
from workflows.errors import InvalidRecord
from workflows.organisations.sectors import Sector

DURING = date(2022, 11, 8)
AFTERWARDS = date(2023, 12, 1)


@pytest.mark.parametrize(
    ("sector", "number"),
    [
        (Sector.COAL_MINES, "应急管理部令第4号"),
        (Sector.NON_COAL_MINES, "矿安〔2022〕88号"),
        (Sector.HAZARDOUS_CHEMICALS, "安监总管三〔2017〕121号"),
        (Sector.INDUSTRY_TRADE, "安监总管四〔2017〕129号"),
        (Sector.HIGH_RISE_FIRE, "GB 35181-2017"),
    ],
)
def test_what_was_in_force_during_the_campaign(sector: Sector, number: str) -> None:
    assert [it.number for it in criteria_in_force(sector, DURING)] == [number]


def test_industry_and_trade_changed_lists_after_the_campaign() -> None:
    assert [it.number for it in criteria_in_force(Sector.INDUSTRY_TRADE, AFTERWARDS)] == ["应急管理部令第10号"]


@pytest.mark.parametrize("sector", [Sector.ROAD_TRAFFIC, Sector.FOREST_FIRE])
def test_a_sector_may_have_no_list(sector: Sector) -> None:
    assert criteria_in_force(sector, DURING) == ()


@pytest.mark.parametrize("clause", ["建城规〔2023〕4号第四条", "依据建城规 [2023] 4号", "建城规（2023）4号"])
def test_a_later_list_is_found_however_it_is_spelled(clause: str) -> None:
    assert [it.number for it in named_out_of_force(clause, DURING)] == ["建城规〔2023〕4号"]
    assert named_out_of_force(clause, AFTERWARDS) == ()


def test_a_list_that_was_replaced_is_out_of_force() -> None:
    assert named_out_of_force("安监总管四〔2017〕129号第二条", AFTERWARDS)
    assert not named_out_of_force("安监总管四〔2017〕129号第二条", DURING)


def test_no_list_is_taken_for_another() -> None:
    assert named_out_of_force("建城规〔2023〕44号", DURING) == ()


def test_every_list_says_how_sure_it_is() -> None:
    assert all(it.certainty in Certainty and it.source for it in all_criteria())
    assert all(it.in_force_until is None or it.in_force_until > it.in_force_from for it in all_criteria())


def test_a_major_hazard_judged_by_a_later_list_is_refused(play: Play) -> None:
    with pytest.raises(InvalidRecord, match="not in force on 2022-11-08"):
        play.register(**MAJOR | {"criterion": "建城规〔2023〕4号第四条"})


def test_a_major_hazard_without_a_clause_is_refused(play: Play) -> None:
    with pytest.raises(InvalidRecord, match="criterion"):
        play.register(**MAJOR | {"criterion": ""})


def test_a_clause_of_another_standard_is_left_to_people(play: Play) -> None:
    assert play.register(**MAJOR | {"criterion": "GB 50028-2006 第10.2.1条"}).number
