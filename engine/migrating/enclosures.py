"""Which parallel parts of a process an element lies in: between a splitting gateway and the gateway that joins again.

A token that is moved into such a part would wait at the join for siblings that it does not have; one that is moved out
of it would leave siblings behind. Both are refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.inclusive_gateway import InclusiveGateway
from SpiffWorkflow.bpmn.specs.mixins.parallel_gateway import ParallelGateway

Names = frozenset[str]


@dataclass(frozen=True)
class Enclosure:
    """A parallel part: its gateways, how many ways lead out of the one and into the other, what lies within."""

    split: str
    join: str
    ways_out: int
    ways_in: int
    within: Names


def enclosures_of(process: Any) -> tuple[Enclosure, ...]:
    """Every parallel part of a process specification."""
    gateways = [spec for spec in process.task_specs.values() if isinstance(spec, (ParallelGateway, InclusiveGateway))]
    splits = [spec for spec in gateways if len(spec.outputs) > 1]
    joins = [spec for spec in gateways if len(spec.inputs) > 1]
    return tuple(
        Enclosure(split.name, join.name, len(split.outputs), len(join.inputs), _between(split, join))
        for split in splits
        for join in joins
        if split is not join and _joins(split, join)
    )


def around(enclosures: Iterable[Enclosure], name: str) -> frozenset[tuple[str, str]]:
    """The parts, as (split, join), in which an element lies; a join that waits lies in the part that it ends."""
    return frozenset((each.split, each.join) for each in enclosures if name in each.within or name == each.join)


def _joins(split: Any, join: Any) -> bool:
    """Whether two ways out of a split come in by two ways at the join."""
    entries = {spec.name for spec in join.inputs}
    ways = [_reach(output, join) & entries for output in split.outputs]
    met: set[str] = set().union(*ways)
    return sum(bool(way) for way in ways) > 1 and len(met) > 1


def _between(split: Any, join: Any) -> Names:
    ahead = frozenset[str]().union(*(_reach(output, join) for output in split.outputs))
    leading = frozenset[str]().union(*(_closure(entry, split, "inputs") for entry in join.inputs))
    return (ahead & leading) - {split.name, join.name}


def _reach(spec: Any, stop: Any) -> Names:
    """What can be reached from an element without going through another, the element itself included."""
    return _closure(spec, stop, "outputs")


def _closure(spec: Any, stop: Any, direction: str) -> Names:
    found: set[str] = set()
    ahead = [spec]
    while ahead:
        each = ahead.pop()
        if each is stop or each is None or each.name in found:
            continue
        found.add(each.name)
        ahead.extend(getattr(each, direction))
    return frozenset(found)
