"""The mapping as the page's form sends it: one choice for each step that was shown, the others as they were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PREFIX = "map:"
PROPOSED = ""
NOTHING = "-"


def field(process: str, element: str) -> str:
    """The name of the choice for one step of the old version."""
    return f"{PREFIX}{process}:{element}"


def mapping_sent(present: Mapping[str, Mapping[str, str | None]], form: Mapping[str, str]) -> dict[str, Any]:
    """The mapping with what the form says: a step, nothing, or what is proposed."""
    chosen: dict[str, dict[str, str | None]] = {process: dict(elements) for process, elements in present.items()}
    for name, value in form.items():
        if not name.startswith(PREFIX):
            continue
        process, _, element = name.removeprefix(PREFIX).partition(":")
        elements = chosen.setdefault(process, {})
        if value == PROPOSED:
            elements.pop(element, None)
        else:
            elements[element] = None if value == NOTHING else value
    return {process: elements for process, elements in chosen.items() if elements}
