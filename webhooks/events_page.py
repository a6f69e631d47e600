"""Writes the tables of `docs/events.md` from the schemas: `python -m webhooks.events_page docs/events.md`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from webhooks.catalogue import EventType, event_types
from webhooks.event_types import is_wanted

TABLE: Final = re.compile(r"(<!-- events: (?P<patterns>[^>]+?) -->\n).*?(<!-- end -->)", re.DOTALL)
"""A place for a table: it names the types in it, as an endpoint would."""


def rewritten(page: str) -> str:
    """The page with its tables as the schemas have them."""
    return TABLE.sub(lambda found: f"{found[1]}\n{_table(found['patterns'].split())}\n{found[3]}", page)


def unlisted(page: str) -> list[str]:
    """The types for which the page has no place."""
    patterns = [pattern for found in TABLE.finditer(page) for pattern in found["patterns"].split()]
    return [name for name in event_types() if not is_wanted(name, patterns)]


def _table(patterns: Sequence[str]) -> str:
    return "\n".join(["| type | when | key | data |", "|---|---|---|---|", *_rows(patterns)])


def _rows(patterns: Sequence[str]) -> Iterator[str]:
    for it in event_types().values():
        if is_wanted(it.name, patterns):
            yield f"| [`{it.name}`]({_file(it)}) | {it.description} | `{it.key}` | {_data(it)} |"


def _file(it: EventType) -> str:
    return f"../webhooks/schemas/{it.name}.v{it.version}.json"


def _data(it: EventType) -> str:
    required = it.schema["required"]
    return ", ".join(f"`{name}`" + ("" if name in required else " (if any)") for name in it.schema["properties"])


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(rewritten(file.read_text("utf-8")), "utf-8")
