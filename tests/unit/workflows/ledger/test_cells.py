from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from workflows.campaigns.content_areas import InspectionLevel, Source
from workflows.geography.divisions import divisions
from workflows.hazards.words import Category, Severity, Verdict
from workflows.ledger.cells import words
from workflows.ledger.cells.answers import completion, count, yes_or_no
from workflows.ledger.cells.cell import Doubtful, Place, Reader, WrongCell
from workflows.ledger.cells.credit_codes import credit_code
from workflows.ledger.cells.money import money
from workflows.ledger.cells.regions import code_of, name_of, region
from workflows.ledger.cells.texts import text
from workflows.ledger.reading.sheet import Cell
from workflows.organisations.sectors import Sector


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (5, "5.00"), (1.5, "1.50"), ("５万", "5.00"), ("5万元", "5.00"), ("50000元", "5.00"), ("1,200", "1200.00"),
        ("约3.2万元", "3.20"), ("0.5亿元", "5000.00"), ("1234567890.12", "1234567890.12"), ("8千元", "0.80"),
        (0, "0.00"),
    ],
)  # fmt: skip
def test_money_is_read_in_ten_thousand_yuan(cell: Cell, amount: str, place: Place) -> None:
    assert money(cell, place) == Decimal(amount)


def test_a_heading_that_says_yuan_makes_figures_yuan(place: Place) -> None:
    assert money(50_000, replace(place, heading="整改资金（元）")) == Decimal("5.00")


def test_money_below_a_hundred_yuan_is_rounded_with_a_doubt(place: Place) -> None:
    assert money("1.234", place) == Doubtful(Decimal("1.23"), "按 1.23 万元导入（取到 0.01 万元）")


@pytest.mark.parametrize("cell", ["-5", "若干", "5万-10万", "99999999999"])
def test_what_is_no_amount_is_refused(cell: Cell, place: Place) -> None:
    with pytest.raises(WrongCell):
        money(cell, place)


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (words.severity, "重大事故隐患", Severity.MAJOR),
        (words.severity, " 一 般 ", Severity.GENERAL),
        (words.source, "专项整治三年行动", Source.THREE_YEAR_ACTION),
        (words.sector, "危化品", Sector.HAZARDOUS_CHEMICALS),
        (words.sector, "城镇燃气", Sector.TOWN_GAS),
        (words.verdict, "假整改", Verdict.FALSE_RECTIFICATION),
        (words.category, "物", Category.THINGS),
        (words.inspection_level, "乡镇（街道）", InspectionLevel.TOWNSHIP),
        (words.severity, "/", None),
    ],
)
def test_words_are_known_by_their_usual_spellings(read: Reader, cell: Cell, value: Any, place: Place) -> None:
    assert read(cell, place) == value


def test_an_unknown_word_is_refused_with_the_choice(place: Place) -> None:
    with pytest.raises(WrongCell, match="可写：一般隐患、重大隐患"):
        words.severity("较大", place)


@pytest.mark.parametrize(
    ("cell", "code"), [("郑州市金水区", "410105"), ("郑州市/金水区", "410105"), (410105.0, "410105")]
)
def test_a_territory_is_known_by_name_or_code(cell: Cell, code: str, place: Place) -> None:
    assert region(cell, place) == code


def test_a_territory_that_nobody_knows_is_refused(place: Place) -> None:
    with pytest.raises(WrongCell, match="找不到属地"):
        region("北京市海淀区", place)


def test_every_division_is_written_so_that_it_is_read_again() -> None:
    assert [code for code in divisions() if code_of(name_of(code)) != code] == []


@pytest.mark.parametrize(
    ("cell", "value"), [("√", True), ("是", True), ("×", False), ("否", False), ("", None), ("/", None)]
)
def test_yes_and_no_have_many_signs(cell: Cell, value: bool | None, place: Place) -> None:
    assert yes_or_no(cell, place) is value


@pytest.mark.parametrize(
    ("cell", "claim"),
    [
        ("是", "已完成"), ("√", "已完成"), ("已整改到位", "已完成"), ("部分", "部分完成"), ("正在整改", "正在整改"),
        ("×", "正在整改"), ("否", "正在整改"), ("未整改", "未整改"), ("", ""),
    ],
)  # fmt: skip
def test_what_a_ledger_claims_is_kept_by_its_usual_word(cell: Cell, claim: str, place: Place) -> None:
    assert completion(cell, place) == claim


def test_an_unusual_claim_is_kept_as_it_stands(place: Place) -> None:
    read = completion("已上报住建局", place)
    assert isinstance(read, Doubtful)
    assert read.value == "已上报住建局"


def test_a_count_may_bear_its_measure_word(place: Place) -> None:
    assert [count(cell, place) for cell in (2.0, "3次", "")] == [2, 3, None]


def test_a_credit_code_is_made_half_width_capitals(place: Place) -> None:
    assert credit_code("９１４１０１００ma3x9f2b1k", place) != ""
    assert credit_code("91110000600037341l", place) == "91110000600037341L"


def test_a_wrong_check_digit_is_a_doubt(place: Place) -> None:
    read = credit_code("911100006000373410", place)
    assert isinstance(read, Doubtful)
    assert read.value == "911100006000373410"


def test_a_code_that_is_too_long_is_left_out_with_a_doubt(place: Place) -> None:
    read = credit_code("91110000600037341L99", place)
    assert isinstance(read, Doubtful)
    assert read.value == ""


def test_text_beyond_its_length_is_refused(place: Place) -> None:
    with pytest.raises(WrongCell, match="最多 3 个"):
        text(3)("四个字了", place)


def test_a_number_in_a_text_column_loses_its_point(place: Place) -> None:
    assert text()(13_803_710_000.0, place) == "13803710000"
