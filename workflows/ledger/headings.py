"""Recognises a sheet's headings as the ledger's columns, whatever unit, bracket or group people wrote with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from workflows.ledger.aliases import ALIASES
from workflows.ledger.columns import COLUMNS, Column
from workflows.ledger.reading.header import SEPARATOR
from workflows.spelling import folded

BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
MARKS = re.compile(r"[★☆*:：]")
MEANT_BY_GROUP = frozenset({"number", "position", "responsible_post", "responsible_phone", "documents"})
"""Columns whose short headings (编号, 职务, 电话) mean something else below the name of another group."""
OF_OUR_REPORT = frozenset({"原行号", "导入问题"})
"""Columns that an import's report adds; a report that was corrected is a ledger again, and they are left out."""


@dataclass(frozen=True)
class Layout:
    """Which column of the sheet (from 0) holds which of ours, with its heading there; and the headings left over."""

    columns: Mapping[int, tuple[Column, str]]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]


def layout_of(headings: Sequence[str]) -> Layout:
    """Every heading recognised; of two columns for the same thing the first is read."""
    found: dict[int, tuple[Column, str]] = {}
    taken: set[str] = set()
    unknown: list[str] = []
    repeated: list[str] = []
    for place, heading in enumerate(headings):
        column = column_of(heading)
        if column is None:
            unknown += [heading] if heading and heading not in OF_OUR_REPORT else []
        elif column.attribute in taken:
            repeated.append(heading)
        else:
            taken.add(column.attribute)
            found[place] = (column, heading)
    return Layout(found, tuple(unknown), tuple(repeated))


def column_of(heading: str) -> Column | None:
    """The column of a heading: as it stands, without brackets and marks, or by its part below a group's name."""
    whole = MARKS.sub("", folded(heading))
    bare = BRACKETED.sub("", whole)
    names = _by_name()
    for name in (whole, bare, bare.replace(SEPARATOR, "")):
        if name in names:
            return names[name]
    below = names.get(bare.rsplit(SEPARATOR, 1)[-1])
    return below if below is not None and below.attribute not in MEANT_BY_GROUP else None


def is_known(heading: str) -> bool:
    """Whether a heading is one of the ledger's."""
    return column_of(heading) is not None


@cache
def _by_name() -> Mapping[str, Column]:
    """Columns by every spelling of a heading; a column's own heading goes before another's alias."""
    names: dict[str, Column] = {}
    for column in COLUMNS:
        for name in ALIASES[column.attribute].split():
            names.setdefault(_key(name), column)
    for column in COLUMNS:
        names |= dict.fromkeys((_key(column.heading), BRACKETED.sub("", _key(column.heading))), column)
    return names


def _key(name: str) -> str:
    return MARKS.sub("", folded(name))
