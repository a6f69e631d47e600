"""Compares two sets of files."""

from __future__ import annotations

import json
from typing import Any

from engine.comparing.changes import Change, Comparison, FileComparison, PartChange
from engine.comparing.diagrams import compare_diagrams, title_of
from engine.comparing.forms import compare_forms
from engine.comparing.leaves import leaves
from engine.comparing.properties import as_it_stands, changes_between
from engine.comparing.tables import compare_decisions, decision_title
from engine.definitions.files import Files, kind_of
from engine.definitions.xml import Element, read_xml
from engine.errors import InvalidDefinition
from engine.storage.models import ResourceKind


class _Unreadable(Exception):
    """A file is neither what its name says, nor to be compared."""


def compare(before: Files, after: Files) -> Comparison:
    """What differs between two sets: the files that were added, removed, renamed or changed, and what within them."""
    renamed = _renamed(before, after)
    differing = [
        name for name in sorted({*before, *after} - {*renamed.values()}) if before.get(name) != after.get(name)
    ]
    files = tuple(
        _renaming(name, renamed[name], after[name])
        if name in renamed
        else compare_file(name, before.get(name), after.get(name))
        for name in differing
    )
    same = sum(1 for name in before.keys() & after.keys() if before[name] == after[name])
    return Comparison(files, same)


def compare_file(name: str, before: bytes | None, after: bytes | None) -> FileComparison:
    """What differs in one file; None where there is none. A file that only its bytes tell apart has no parts."""
    kind = kind_of(name) or ResourceKind.PROCESS
    change = Change.ADDED if before is None else Change.REMOVED if after is None else Change.CHANGED
    try:
        if kind is ResourceKind.FORM:
            old, new = _json(before), _json(after)
            return FileComparison(name, kind, change, _said_of("id", new or old), compare_forms(old, new))
        if kind is ResourceKind.SCENARIO:
            old, new = _json(before), _json(after)
            return FileComparison(name, kind, change, _said_of("name", new or old), _scenario(name, old, new))
        left, right = _xml(name, before), _xml(name, after)
    except _Unreadable:
        return FileComparison(name, kind, change, unreadable=True)
    latest = right if right is not None else left
    if kind is ResourceKind.DECISION:
        title = decision_title(latest) if latest is not None else ""
        return FileComparison(name, kind, change, title, tables=compare_decisions(left, right))
    title = title_of(latest) if latest is not None else ""
    return FileComparison(name, kind, change, title, compare_diagrams(left, right))


def _renamed(before: Files, after: Files) -> dict[str, str]:
    """New names by which files go on whose content did not change, each with the former one."""
    gone = {before[name]: name for name in sorted(before.keys() - after.keys())}
    return {name: gone.pop(after[name]) for name in sorted(after.keys() - before.keys()) if after[name] in gone}


def _renaming(name: str, was_called: str, content: bytes) -> FileComparison:
    title = compare_file(name, content, content).title
    return FileComparison(name, kind_of(name) or ResourceKind.PROCESS, Change.MOVED, title, was_called=was_called)


def _xml(name: str, content: bytes | None) -> Element | None:
    if content is None:
        return None
    try:
        return read_xml(content, name)
    except InvalidDefinition as invalid:
        raise _Unreadable from invalid


def _json(content: bytes | None) -> dict[str, Any] | None:
    if content is None:
        return None
    try:
        read: Any = json.loads(content)
    except (ValueError, RecursionError) as unreadable:
        raise _Unreadable from unreadable
    if not isinstance(read, dict):
        raise _Unreadable
    return read


def _said_of(member: str, read: dict[str, Any] | None) -> str:
    return str((read or {}).get(member) or "")


def _scenario(name: str, old: dict[str, Any] | None, new: dict[str, Any] | None) -> tuple[PartChange, ...]:
    """A scenario as one part: every leaf that differs is a property of it."""
    differing = changes_between(dict(leaves(old or {})), dict(leaves(new or {})), as_it_stands, as_it_stands)
    change = Change.ADDED if old is None else Change.REMOVED if new is None else Change.CHANGED
    return (PartChange("scenario", name, _said_of("name", new or old), change, tuple(differing)),) if differing else ()
