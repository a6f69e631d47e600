"""Proposes which element of a new version each element of an old one has become.

SpiffWorkflow's own comparison is the base: it aligns by id, and by structure where ids fail. What has another id but
the same kind, a similar name and the same neighbours is proposed as renamed, with the confidence that this deserves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from SpiffWorkflow.bpmn.util.diff import SpecDiff

from engine.migrating.kinds import fits

LEAST_CONFIDENCE: Final = 0.6
"""Below it two elements are not proposed for each other; the same place alone is not enough."""

_NAME, _BEFORE, _AFTER, _STRUCTURE = 0.5, 0.2, 0.2, 0.1


class Origin(StrEnum):
    """How a counterpart was found."""

    SAME = "same"
    RENAMED = "renamed"
    BY_HAND = "by_hand"
    NONE = "none"


@dataclass(frozen=True)
class Counterpart:
    """What an element has become: the id of a new one, or None; `confidence` is between 0 and 1."""

    element_id: str
    target: str | None
    origin: Origin
    confidence: float = 1.0


def elements_of(process: Any) -> dict[str, Any]:
    """The drawn elements of a process specification, by id; a loop stands for the activity that it repeats."""
    return {spec.name: spec for spec in process.task_specs.values() if spec.bpmn_id == spec.name}


def counterparts(old: Any, new: Any) -> dict[str, Counterpart]:
    """A counterpart for every element of an old process specification, as far as one can be told."""
    before, after = elements_of(old), elements_of(new)
    found = {name: Counterpart(name, name, Origin.SAME) for name, spec in before.items() if _stays(spec, after)}
    for renamed in _renamed(old, new, before, after):
        found[renamed.element_id] = renamed
    return {name: found.get(name) or Counterpart(name, None, Origin.NONE, 0.0) for name in before}


def _stays(spec: Any, after: dict[str, Any]) -> bool:
    return spec.name in after and fits(spec, after[spec.name])


def _renamed(old: Any, new: Any, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Counterpart]:
    """The likeliest pairs of what is left on both sides, best first, each element at most once."""
    gone = [spec for name, spec in before.items() if name not in after]
    fresh = [spec for name, spec in after.items() if name not in before]
    if not gone or not fresh:
        return
    structure = _structure(old, new)
    pairs = sorted(
        (
            (_likeness(one, other, structure), one.name, other.name)
            for one in gone
            for other in fresh
            if fits(one, other)
        ),
        reverse=True,
    )
    taken: set[str] = set()
    for confidence, name, target in pairs:
        if confidence < LEAST_CONFIDENCE or {name, f"→{target}"} & taken:
            continue
        taken |= {name, f"→{target}"}
        yield Counterpart(name, target, Origin.RENAMED, round(confidence, 2))


def _structure(old: Any, new: Any) -> dict[Any, Any]:
    """What SpiffWorkflow aligns; nothing for a diagram so long that its recursion does not reach the end."""
    try:
        return SpecDiff(_Comparable(), old, new).alignment
    except RecursionError:
        return {}


def _likeness(one: Any, other: Any, structure: dict[Any, Any]) -> float:
    aligned = structure.get(one)
    return (
        _NAME * _similar(one.bpmn_name, other.bpmn_name)
        + _BEFORE * _shared(_next_to(one, "inputs"), _next_to(other, "inputs"))
        + _AFTER * _shared(_next_to(one, "outputs"), _next_to(other, "outputs"))
        + _STRUCTURE * (aligned is not None and aligned.name == other.name)
    )


def _similar(one: str | None, other: str | None) -> float:
    return SequenceMatcher(None, one or "", other or "", autojunk=False).ratio() if one and other else 0.0


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _next_to(spec: Any, direction: str) -> frozenset[str]:
    """The drawn elements next to one, past what SpiffWorkflow adds of its own."""
    found: set[str] = set()
    seen: set[str] = set()
    ahead = list(getattr(spec, direction))
    while ahead:
        each = ahead.pop()
        if each is None or each.name in seen:
            continue
        seen.add(each.name)
        if each.bpmn_id:
            found.add(each.name)
        else:
            ahead.extend(getattr(each, direction))
    return frozenset(found)


class _Comparable:
    """What SpiffWorkflow's comparison takes for a serializer's registry: what counts of an element, as a mapping."""

    def convert(self, spec: Any) -> dict[str, Any]:
        return {
            "typename": type(spec).__name__,
            "bpmn_name": spec.bpmn_name,
            "extensions": getattr(spec, "extensions", None),
            "outputs": [output.name for output in spec.outputs],
        }
