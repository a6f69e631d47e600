"""One process or subprocess of the old version beside the one of the new version that takes over its tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent

from engine.migrating.aligning import Counterpart, Origin, counterparts, elements_of
from engine.migrating.enclosures import Enclosure, enclosures_of
from engine.migrating.kinds import fits, is_loop

SPLIT = ".BoundaryEventSplit"
JOIN = ".BoundaryEventJoin"
REPEATED = " [child]"


@dataclass(frozen=True)
class SpecAlignment:
    """What SpiffWorkflow's WorkflowDiff asks of a comparison, worked out once for all instances."""

    alignment: Mapping[Any, Any]
    removed: frozenset[Any]
    changed: frozenset[Any] = frozenset()


@dataclass(frozen=True)
class Pairing:
    """Two process specifications, and what was decided by hand between them: old element id → new one, or None."""

    old: Any
    new: Any
    chosen: Mapping[str, str | None]

    @cached_property
    def elements(self) -> Mapping[str, Counterpart]:
        """Every drawn element of the old process with its counterpart; what was decided by hand goes before."""
        by_hand = {
            name: Counterpart(name, target, Origin.BY_HAND, float(target is not None))
            for name, target in self.chosen.items()
        }
        taken = {each.target for each in by_hand.values()}
        proposed = {
            name: each
            if each.target not in taken or each.origin is Origin.SAME
            else Counterpart(name, None, Origin.NONE, 0.0)
            for name, each in counterparts(self.old, self.new).items()
        }
        return {**proposed, **{name: each for name, each in by_hand.items() if name in proposed}}

    @cached_property
    def alignment(self) -> SpecAlignment:
        """Every specification of the old process with the one that takes its place."""
        aligned = {spec: self.target(spec.name) for spec in self.old.task_specs.values()}
        return SpecAlignment(aligned, frozenset(spec for spec, target in aligned.items() if target is None))

    @cached_property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """The parallel parts of the old process."""
        return enclosures_of(self.old)

    @cached_property
    def new_enclosures(self) -> tuple[Enclosure, ...]:
        """The parallel parts of the new process."""
        return enclosures_of(self.new)

    def target(self, name: str) -> Any:
        """The new specification for an old one, also for those that SpiffWorkflow adds to the drawn ones; or None."""
        specs = self.new.task_specs
        if name == self.old.end.name:
            return self.new.end
        for suffix in (SPLIT, JOIN):
            if name.endswith(suffix):
                main = self.element(name.removesuffix(suffix))
                return specs.get(f"{main.name}{suffix}") if main is not None else None
        if name.endswith(REPEATED):
            loop = self.element(name.removesuffix(REPEATED))
            return specs.get(loop.task_spec) if loop is not None and is_loop(loop) else None
        if name in self.elements:
            return self.element(name)
        return specs.get(name)

    def element(self, name: str) -> Any:
        """The new specification for a drawn element, or None."""
        counterpart = self.elements.get(name)
        return self.new.task_specs.get(counterpart.target) if counterpart and counterpart.target else None

    def candidates(self, name: str) -> list[str]:
        """The new elements that could take over what waits at an old one, in the order of the new diagram."""
        old = self.old.task_specs[name]
        attached = isinstance(old, BoundaryEvent)
        return [
            target
            for target, spec in elements_of(self.new).items()
            if fits(old, spec) and (not attached or self.is_attached_alike(name, spec))
        ]

    def is_attached_alike(self, name: str, spec: Any) -> bool:
        """Whether a new boundary event hangs on what the activity of an old one has become."""
        activity = self.element(attached_to(self.old, name))
        return activity is not None and attached_to(self.new, spec.name) == activity.name


def attached_to(process: Any, boundary: str) -> str:
    """The id of the activity on which a boundary event hangs."""
    inputs = process.task_specs[boundary].inputs
    split = next(spec for spec in inputs if isinstance(spec, BoundaryEventSplit))
    return split.name.removesuffix(SPLIT)
