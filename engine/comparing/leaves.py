"""The leaves of a JSON value by their paths, as texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

OPTIONS: Final = "values"


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every leaf; the options of a question by their values and their order apart, so that a new one moves no other."""
    match value:
        case dict():
            for name, inner in value.items():
                yield from leaves(inner, f"{path}.{name}" if path else str(name))
        case list() if any(isinstance(each, dict) for each in value):
            yield from _members(value, path)
        case str():
            yield path, value
        case _:
            yield path, json.dumps(value, ensure_ascii=False)


def _members(members: list[Any], path: str) -> Iterator[tuple[str, str]]:
    if path.rpartition(".")[2] != OPTIONS or not all(isinstance(each, dict) for each in members):
        for number, inner in enumerate(members, 1):
            yield from leaves(inner, f"{path}[{number}]")
        return
    for option in members:
        yield f"{path}[{option.get('value')}]", str(option.get("label", ""))
    yield f"{path}.order", ", ".join(str(option.get("value")) for option in members)
