"""Reads money, which every ledger has in 万元: 5, 5万, 50000元, 0.5亿."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from workflows.ledger.cells.cell import Doubtful, Place, WrongCell, plain_words_in
from workflows.ledger.reading.sheet import Cell
from workflows.spelling import folded

AMOUNT = re.compile(r"(?:约|共|合计|人民币|¥)*(\d+(?:,\d{3})*(?:\.\d+)?)(亿|万|千|百)?元?")
TEN_THOUSANDS = {"亿": Decimal(10_000), "万": Decimal(1), "千": Decimal("0.1"), "百": Decimal("0.01")}
ONE_YUAN = Decimal("0.0001")
IN_YUAN = re.compile(r"[(（]元[)）]")
CENT = Decimal("0.01")
MOST = Decimal(10) ** 10


def money(cell: Cell, place: Place) -> Decimal | Doubtful | None:
    """The amount in 万元, to two places. A figure alone is in the heading's unit, which is 万元 unless it says 元."""
    words = plain_words_in(cell)
    if not words:
        return None
    found = AMOUNT.fullmatch(words)
    if found is None:
        raise WrongCell(f"“{words}”不是金额；请写成以万元为单位的数字，如 1.5")
    exact = Decimal(found[1].replace(",", "")) * _unit(words, found[2], place)
    kept = exact.quantize(CENT, ROUND_HALF_UP)
    if kept >= MOST:
        raise WrongCell(f"{kept} 万元过大；请检查单位是否是万元")
    return kept if kept == exact else Doubtful(kept, f"按 {kept} 万元导入（取到 0.01 万元）")


def _unit(words: str, unit: str | None, place: Place) -> Decimal:
    if unit is not None:
        return TEN_THOUSANDS[unit]
    is_yuan = words.endswith("元") or IN_YUAN.search(folded(place.heading)) is not None
    return ONE_YUAN if is_yuan else Decimal(1)
