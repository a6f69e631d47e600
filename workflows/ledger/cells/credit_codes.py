"""Reads unified social credit codes (GB 32100-2015); a wrong check digit is a doubt, not an error."""

from __future__ import annotations

from stdnum.cn import uscc

from workflows.ledger.cells.cell import Doubtful, Place, plain_words_in
from workflows.ledger.reading.sheet import Cell

LENGTH = 18


def credit_code(cell: Cell, _place: Place) -> str | Doubtful:
    """The code in half-width capitals. Villages, sites and street shops have none."""
    code = plain_words_in(cell).upper().replace("-", "")
    if not code or uscc.is_valid(code):
        return code
    if len(code) > LENGTH:
        return Doubtful("", f"统一社会信用代码应为 {LENGTH} 位，这里有 {len(code)} 位，没有导入")
    return Doubtful(code, f"统一社会信用代码“{code}”不正确（位数或校验码），按原样导入")
