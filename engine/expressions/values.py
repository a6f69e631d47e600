"""The values of the language: what JSON can hold. They are weighed as they are made, and copied as they leave."""

from __future__ import annotations

import math
from typing import Any, Final

from engine.expressions.budget import Budget, TooCostly
from engine.expressions.limits import LIST_LENGTH, TEXT_LENGTH, WHOLE_NUMBER

SCALARS: Final = frozenset({bool, float, int, str, type(None)})
_CHARACTERS_PER_STEP: Final = 16
_COLLECTIONS: Final = (list, tuple, dict)


class NoValue(Exception):
    """Something is no value of the language; the message says what."""


def weigh(value: Any, budget: Budget) -> None:
    """Spend a step for each part of a value, counting a shared part each time that it occurs.

    So no value can be built whose text or comparison costs more than the budget. Raises TooCostly.
    """
    stack = [value]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            budget.spend(1 + len(part) // _CHARACTERS_PER_STEP)
        elif isinstance(part, _COLLECTIONS):
            budget.spend(1 + len(part))
            stack.extend(part.values() if isinstance(part, dict) else part)


def bounded(value: Any) -> Any:
    """The same value, once its own size is seen to be allowed. Raises TooCostly."""
    kind = type(value)
    if kind is int and not -WHOLE_NUMBER <= value <= WHOLE_NUMBER:
        raise TooCostly(f"the whole number is larger than {WHOLE_NUMBER}")
    if kind is str and len(value) > TEXT_LENGTH:
        raise TooCostly(f"the text is longer than {TEXT_LENGTH} characters")
    if kind in _COLLECTIONS and len(value) > LIST_LENGTH:
        raise TooCostly(f"the list or mapping has more than {LIST_LENGTH} members")
    return value


def as_json(value: Any) -> Any:
    """A copy that shares nothing and that JSON can hold; a tuple becomes a list. Raises NoValue."""
    if type(value) is float:
        return _finite(value)
    if type(value) in SCALARS:
        return value
    if isinstance(value, list | tuple):
        return [as_json(member) for member in value]
    if isinstance(value, dict):
        return {_key(key): as_json(member) for key, member in value.items()}
    if isinstance(value, str | int):
        return value
    raise NoValue(f"{_described(value)} is no value that can be kept; convert it to a text or a number")


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise NoValue("the number has grown beyond all bounds")
    return number


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise NoValue(f"{key!r} cannot be the name of a mapping's member; only a text can")
    return key


def _described(value: object) -> str:
    return f"a {type(value).__name__}"
