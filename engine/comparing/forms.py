"""Compares two forms field by field; a field is known by its key, or by its id when the key itself was changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.comparing.changes import Change, PartChange, PropertyChange
from engine.comparing.leaves import OPTIONS, leaves
from engine.comparing.matching import moved, pair
from engine.comparing.properties import as_it_stands, changes_between

Schema = Mapping[str, Any]

_PLACE: Final = frozenset({"layout"})
_NOISE: Final = frozenset({"id", "schemaVersion", "exporter", "executionPlatform", "executionPlatformVersion"})


@dataclass(frozen=True)
class Field:
    """A component of a form: what it asks or shows, all that it says, and its place in the layout."""

    kind: str
    key: str
    id: str
    name: str
    properties: Mapping[str, str]
    place: str


def compare_forms(before: Schema | None, after: Schema | None) -> tuple[PartChange, ...]:
    """The fields that differ, as they stand in the later form, and the form itself if it does; None for no form."""
    old, new = _fields(before), _fields(after)
    at = pair(old, new, lambda it: it.key, lambda it: it.id, lambda it: (it.kind, it.name))
    elsewhere = moved(at)
    parts = [
        _field(old[left] if left is not None else None, new[right] if right is not None else None, right in elsewhere)
        for left, right in at
    ]
    return (*_form(before, after), *(part for part in parts if part.change is not Change.SAME))


def _form(before: Schema | None, after: Schema | None) -> Iterator[PartChange]:
    if before is None or after is None:
        return
    properties = changes_between(_own(before), _own(after), as_it_stands, as_it_stands)
    if before.get("id") != after.get("id"):
        properties.insert(0, PropertyChange("id", str(before.get("id")), str(after.get("id"))))
    if properties:
        yield PartChange("form", str(after.get("id") or ""), "", Change.CHANGED, tuple(properties))


def _own(form: Schema) -> dict[str, str]:
    return dict(leaves({name: value for name, value in form.items() if name not in _NOISE | {"components"}}))


def _field(old: Field | None, new: Field | None, is_elsewhere: bool) -> PartChange:
    known = new or old
    assert known is not None, "a pair has at least one side"
    said_before, said_after = (side.properties if side else {} for side in (old, new))
    properties = _without_idle_order(changes_between(said_before, said_after, as_it_stands, as_it_stands))
    name = known.name or (old.name if old else "")
    return PartChange(
        known.kind, known.key or known.id, name, _degree(old, new, properties, is_elsewhere), tuple(properties)
    )


def _without_idle_order(properties: list[PropertyChange]) -> list[PropertyChange]:
    """The order of options says something only when the options are the same."""
    has_other_options = any(each.name.startswith(f"{OPTIONS}[") for each in properties)
    return [each for each in properties if not (has_other_options and each.name == f"{OPTIONS}.order")]


def _degree(old: Field | None, new: Field | None, properties: Sequence[PropertyChange], is_elsewhere: bool) -> Change:
    if old is None:
        return Change.ADDED
    if new is None:
        return Change.REMOVED
    if properties:
        return Change.CHANGED
    return Change.MOVED if is_elsewhere or old.place != new.place else Change.SAME


def _fields(form: Schema | None) -> list[Field]:
    return list(_components(form, "")) if form is not None else []


def _components(holder: Schema, within: str) -> Iterator[Field]:
    components = holder.get("components")
    for component in components if isinstance(components, list) else []:
        if isinstance(component, dict):
            yield _read(component, within)
            yield from _components(component, str(component.get("label") or component.get("id") or "group"))


def _read(component: Schema, within: str) -> Field:
    told = {name: value for name, value in component.items() if name not in _NOISE | _PLACE | {"components"}}
    properties = dict(leaves(told))
    if within:
        properties["within"] = within
    place = json.dumps({name: component.get(name) for name in _PLACE}, sort_keys=True, ensure_ascii=False)
    name = component.get("label") or component.get("text") or ""
    return Field(
        str(component.get("type") or ""), str(component.get("key") or ""), str(component.get("id") or ""), str(name),
        properties, place,
    )  # fmt: skip
