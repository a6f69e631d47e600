"""The functions that every expression may call; none can be made to work long or to take a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.expressions.values import SCALARS

_DIGITS: Final = 20


def _largest(*values: Any) -> Any:
    return max(*values)


def _smallest(*values: Any) -> Any:
    return min(*values)


def _total(values: list[Any]) -> Any:
    return sum(values)


def _rounded(value: float, digits: int | None = None) -> float:
    if digits is not None and abs(digits) > _DIGITS:
        raise ValueError(f"a number can be rounded to {_DIGITS} digits at most")
    return round(value, digits)


def _text(value: Any) -> str:
    if type(value) not in SCALARS:
        raise TypeError("a text can be made of a single value only, not of a list or mapping")
    return str(value)


def _whole_number(value: Any) -> int:
    return int(value)


def _number(value: Any) -> float:
    return float(value)


def _sorted(values: list[Any], *, reverse: bool = False) -> list[Any]:
    return sorted(values, reverse=reverse)


BUILT_INS: Final[Mapping[str, Callable[..., Any]]] = {
    "all": all,
    "any": any,
    "float": _number,
    "int": _whole_number,
    "len": len,
    "max": _largest,
    "min": _smallest,
    "round": _rounded,
    "sorted": _sorted,
    "str": _text,
    "sum": _total,
}
