"""Says of a position whether the instances there can be moved by a plan, and names everything that is in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, Self

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, _EndJoin
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.util.task import TaskState

from engine.instances.folding import LIVE
from engine.migrating.enclosures import Enclosure, around
from engine.migrating.kinds import fits, is_loop
from engine.migrating.pairing import REPEATED, Pairing
from engine.migrating.planning import Plan
from engine.migrating.positions import Callers, Part, Position, Token


class Movability(StrEnum):
    """An instance can be moved; can be once a person has said where to; or cannot be, for a reason."""

    MOVABLE = "movable"
    NEEDS_MAPPING = "needs_mapping"
    BLOCKED = "blocked"


class ObstacleKind(StrEnum):
    """Why an instance cannot be moved."""

    SUSPENDED = "suspended"
    INCIDENT = "incident"
    PROCESS_GONE = "process_gone"
    ELEMENT_GONE = "element_gone"
    KIND_CHANGED = "kind_changed"
    REPETITION_CHANGED = "repetition_changed"
    PARALLEL_CHANGED = "parallel_changed"
    BOUNDARY_GONE = "boundary_gone"
    FAILED = "failed"


@dataclass(frozen=True)
class Obstacle:
    """One thing in the way, at an element of the old version; `can_be_mapped` when saying where to would help."""

    kind: ObstacleKind
    process: str = ""
    element: str = ""
    name: str = ""
    can_be_mapped: bool = False
    said: str = ""

    def as_data(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        facts = {key: value for key, value in data.items() if key != "kind"}
        return cls(ObstacleKind(data["kind"]), **facts)


_MAPPABLE: Final = frozenset({ObstacleKind.ELEMENT_GONE, ObstacleKind.KIND_CHANGED})


def verdict_of(obstacles: Sequence[Obstacle]) -> Movability:
    """What follows from what is in the way."""
    if not obstacles:
        return Movability.MOVABLE
    return Movability.NEEDS_MAPPING if all(each.can_be_mapped for each in obstacles) else Movability.BLOCKED


def judge(position: Position, plan: Plan) -> tuple[Obstacle, ...]:
    """Everything in the way of moving an instance at a position, each thing once; nothing for one that can be moved."""
    found = [Obstacle(ObstacleKind.SUSPENDED)] if position.is_suspended else []
    pairings: dict[Callers, Pairing | None] = {}
    for part in position.parts:
        pairing = pairings[part.callers] = _pairing(plan, part, pairings)
        if pairing is not None:
            found.extend(_of_part(part, pairing, plan))
        elif not part.callers:
            found.append(Obstacle(ObstacleKind.PROCESS_GONE, part.process, name=part.process))
    return tuple(dict.fromkeys(found))


def _pairing(plan: Plan, part: Part, known: dict[Callers, Pairing | None]) -> Pairing | None:
    if not part.callers:
        return plan.top()
    outer = known.get(part.callers[:-1])
    return plan.inner(outer, part.callers[-1]) if outer is not None else None


def _of_part(part: Part, pairing: Pairing, plan: Plan) -> Iterator[Obstacle]:
    for token in part.tokens:
        if not token.state & LIVE:
            continue
        old = pairing.old.task_specs[token.spec]
        kind = _of_boundary(token, part, pairing) if isinstance(old, BoundaryEvent) else _of_live(token, pairing, plan)
        if kind is not None:
            yield _obstacle(kind, old, pairing)


def _of_boundary(token: Token, part: Part, pairing: Pairing) -> ObstacleKind | None:
    """A boundary event that waits may go, unless something it began is still under way."""
    if is_kept(token.spec, pairing) or not any(_is_work(spec, pairing) for spec in _live_below(token.spec, part)):
        return None
    return ObstacleKind.BOUNDARY_GONE


def _live_below(spec: str, part: Part) -> set[str]:
    """The specifications of the living tokens that came out of one."""
    found: set[str] = set()
    ahead = {spec}
    while ahead:
        below = {token for token in part.tokens if token.parent in ahead}
        ahead = {token.spec for token in below} - found
        found |= {token.spec for token in below if token.state & LIVE}
    return found


def _is_work(spec: str, pairing: Pairing) -> bool:
    """Whether a living token is more than one that only waits for its process or activity to end."""
    return not isinstance(pairing.old.task_specs[spec], (_EndJoin, BoundaryEventJoin))


def is_kept(boundary: str, pairing: Pairing) -> bool:
    """Whether a boundary event goes on waiting in the new version, on what its activity has become."""
    new = pairing.target(boundary)
    return new is not None and fits(pairing.old.task_specs[boundary], new) and pairing.is_attached_alike(boundary, new)


def _of_live(token: Token, pairing: Pairing, plan: Plan) -> ObstacleKind | None:
    """What keeps a token; one of a repeated activity, or at its boundary events, goes along with the activity's own."""
    old, new = pairing.old.task_specs[token.spec], pairing.target(token.spec)
    if token.state & TaskState.ERROR:
        return ObstacleKind.INCIDENT
    if new is None:
        goes_along = isinstance(old, BoundaryEventJoin) or token.spec.endswith(REPEATED)
        return None if goes_along else _why_missing(old, pairing)
    if not fits(old, new):
        return ObstacleKind.REPETITION_CHANGED if is_loop(old) or is_loop(new) else ObstacleKind.KIND_CHANGED
    if hasattr(old, "spec") and plan.inner(pairing, token.spec) is None:
        return ObstacleKind.PROCESS_GONE
    return ObstacleKind.PARALLEL_CHANGED if _is_otherwise_enclosed(token, new, pairing) else None


def _why_missing(old: Any, pairing: Pairing) -> ObstacleKind:
    """An element without counterpart is gone, unless one of its id is there and of another kind."""
    there = pairing.new.task_specs.get(old.name)
    if there is None or pairing.chosen.get(old.name, "") is None or fits(old, there):
        return ObstacleKind.ELEMENT_GONE
    return ObstacleKind.REPETITION_CHANGED if is_loop(old) or is_loop(there) else ObstacleKind.KIND_CHANGED


def _is_otherwise_enclosed(token: Token, new: Any, pairing: Pairing) -> bool:
    """Whether a token would come to lie in other parallel parts, or in the same with other ways in or out."""
    before = around(pairing.enclosures, token.spec.removesuffix(REPEATED))
    after = around(pairing.new_enclosures, new.name.removesuffix(REPEATED))
    mapped = frozenset((_name(pairing, split), _name(pairing, join)) for split, join in before)
    if mapped != after or _ways(pairing.enclosures, before) != _ways(pairing.new_enclosures, after):
        return True
    return _is_counted(new) and _name(pairing, token.parent) not in {spec.name for spec in new.inputs}


def _is_counted(spec: Any) -> bool:
    """Whether a join counts the tokens that come in, so that it must know each of its ways in."""
    return isinstance(spec, UnstructuredJoin) and not isinstance(spec, _EndJoin) and len(spec.inputs) > 1


def _name(pairing: Pairing, old: str) -> str:
    target = pairing.target(old)
    return target.name if target is not None else ""


def _ways(enclosures: Sequence[Enclosure], wanted: frozenset[tuple[str, str]]) -> list[tuple[int, int]]:
    return sorted((each.ways_out, each.ways_in) for each in enclosures if (each.split, each.join) in wanted)


def _obstacle(kind: ObstacleKind, old: Any, pairing: Pairing) -> Obstacle:
    """An obstacle at an element; what SpiffWorkflow adds to the drawn elements is named by the one it belongs to."""
    element = old.bpmn_id or old.name.partition(".")[0]
    drawn = pairing.old.task_specs.get(element)
    name = (drawn.bpmn_name if drawn is not None else None) or element
    asked = kind in _MAPPABLE and bool(pairing.candidates(element) if element in pairing.elements else ())
    return Obstacle(kind, pairing.old.name, element, name, can_be_mapped=asked)
