"""The operators of the language, each refused before it can produce something enormous."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.expressions.budget import TooCostly
from engine.expressions.limits import LIST_LENGTH, TEXT_LENGTH
from engine.expressions.values import bounded

_LARGEST_EXPONENT: Final = 64


def _number(value: Any, sign: str) -> Any:
    if not isinstance(value, int | float):
        raise TypeError(f"{sign} needs numbers, not a {type(value).__name__}")
    return value


def _of_numbers(function: Callable[[Any, Any], Any], sign: str) -> Callable[[Any, Any], Any]:
    def apply(left: Any, right: Any) -> Any:
        return bounded(function(_number(left, sign), _number(right, sign)))

    return apply


def _add(left: Any, right: Any) -> Any:
    return bounded(left + right)


def _multiply(left: Any, right: Any) -> Any:
    for repeated, times in ((left, right), (right, left)):
        if isinstance(repeated, str | list | tuple):
            _check_repetition(repeated, times)
    return bounded(left * right)


def _check_repetition(repeated: str | list[Any] | tuple[Any, ...], times: Any) -> None:
    most = TEXT_LENGTH if isinstance(repeated, str) else LIST_LENGTH
    if isinstance(times, int) and len(repeated) * times > most:
        raise TooCostly(f"repeating it {times} times would make it longer than {most}")


def _power(base: Any, exponent: Any) -> Any:
    if abs(_number(exponent, "**")) > _LARGEST_EXPONENT:
        raise TooCostly(f"the exponent is larger than {_LARGEST_EXPONENT}")
    result = _number(base, "**") ** exponent
    if isinstance(result, complex):
        raise TypeError("a negative number has no such root")
    return bounded(result)


def _contains(part: Any, whole: Any) -> bool:
    return part in whole


OPERATORS: Final[Mapping[type[ast.AST], Callable[..., Any]]] = {
    ast.Add: _add,
    ast.Sub: _of_numbers(operator.sub, "-"),
    ast.Mult: _multiply,
    ast.Div: _of_numbers(operator.truediv, "/"),
    ast.FloorDiv: _of_numbers(operator.floordiv, "//"),
    ast.Mod: _of_numbers(operator.mod, "%"),
    ast.Pow: _power,
    ast.Not: operator.not_,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: _contains,
    ast.NotIn: lambda part, whole: not _contains(part, whole),
}
