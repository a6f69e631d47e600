"""Compares two diagrams element by element."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.comparing.changes import Change, PartChange, PropertyChange
from engine.comparing.elements import Part, parts_of
from engine.comparing.properties import Say, changes_between
from engine.definitions.diagrams import identity, kind
from engine.definitions.xml import Element

_REFERENCES: Final = frozenset(
    {
        "sourceRef", "targetRef", "attachedToRef", "default", "within", "lane", "processRef", "dataObjectRef",
        "messageEventDefinition.messageRef", "signalEventDefinition.signalRef", "errorEventDefinition.errorRef",
        "escalationEventDefinition.escalationRef", "messageRef",
    }
)  # fmt: skip


def compare_diagrams(before: Element | None, after: Element | None) -> tuple[PartChange, ...]:
    """The elements that differ, as they stand in the later file, then those that are no more; None for no file."""
    old = parts_of(before) if before is not None else {}
    new = parts_of(after) if after is not None else {}
    say_old, say_new = _say(old), _say(new)
    changed = [_changed(old.get(name), part, say_old, say_new) for name, part in new.items()]
    removed = [_removed(part, say_old) for name, part in old.items() if name not in new]
    return (*(each for each in changed if each.change is not Change.SAME), *removed)


def title_of(root: Element) -> str:
    """What a diagram calls itself: the name of its first process, or else of its first pool."""
    for wanted in ("process", "participant"):
        for element in root.iter():
            if kind(element) == wanted and element.get("name"):
                return element.get("name") or ""
    return next((identity(element) for element in root.iter() if kind(element) == "process"), "")


def _changed(old: Part | None, new: Part, say_old: Say, say_new: Say) -> PartChange:
    if old is None:
        return PartChange(
            new.kind, new.id, new.name, Change.ADDED, tuple(changes_between({}, new.properties, say_old, say_new))
        )
    properties = changes_between(old.properties, new.properties, say_old, say_new)
    if old.kind != new.kind:
        properties.insert(0, PropertyChange("kind", old.kind, new.kind))
    moved = Change.MOVED if old.place != new.place else Change.SAME
    return PartChange(
        new.kind, new.id, new.name or old.name, Change.CHANGED if properties else moved, tuple(properties)
    )


def _removed(old: Part, say_old: Say) -> PartChange:
    return PartChange(
        old.kind, old.id, old.name, Change.REMOVED, tuple(changes_between(old.properties, {}, say_old, say_old))
    )


def _say(parts: Mapping[str, Part]) -> Say:
    def say(name: str, value: str) -> str:
        part = parts.get(value) if name in _REFERENCES else None
        return f"{part.name} ({value})" if part is not None and part.name else value

    return say
