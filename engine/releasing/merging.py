"""Brings what others deployed meanwhile into a set that was begun from an earlier deployment, file by file."""

from __future__ import annotations

from dataclasses import dataclass

from engine.definitions.files import Files


@dataclass(frozen=True)
class Merge:
    """The merged files, and the names of those that both sides changed differently; these are as in `ours`."""

    files: dict[str, bytes]
    conflicts: tuple[str, ...]


def merge(base: Files, ours: Files, theirs: Files) -> Merge:
    """Ours with every file that only they changed, added or removed since the base."""
    merged: dict[str, bytes] = {}
    conflicts: list[str] = []
    for name in sorted({*base, *ours, *theirs}):
        was, mine, yours = base.get(name), ours.get(name), theirs.get(name)
        chosen = yours if mine == was else mine
        if mine != was and yours not in (was, mine):
            conflicts.append(name)
        if chosen is not None:
            merged[name] = chosen
    return Merge(merged, tuple(conflicts))
