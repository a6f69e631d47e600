"""What a drawn diagram consists of: nodes, flows and lanes, each with its place on the plane."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NodeKind(StrEnum):
    """How a node is drawn; the value is also its style class."""

    TASK = "task"
    CALL_ACTIVITY = "call"
    SUBPROCESS = "subprocess"
    GATEWAY = "gateway"
    START = "start"
    INTERMEDIATE = "intermediate"
    BOUNDARY = "boundary"
    END = "end"
    DATA = "data"
    NOTE = "note"


class Repetition(StrEnum):
    """The marker at the foot of an activity that runs more than once."""

    LOOP = "loop"
    PARALLEL = "parallel"
    SEQUENTIAL = "sequential"


@dataclass(frozen=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """A rectangle on the plane, in pixels of the diagram."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True)
class Node:
    """A task, event, gateway or annotation. `symbol` is what stands inside it: `userTask`, `timer`, `exclusive`…"""

    id: str
    name: str
    kind: NodeKind
    symbol: str
    box: Box
    label: Box | None = None
    called: str | None = None
    interrupting: bool = True
    throwing: bool = False
    expanded: bool = False
    repetition: Repetition | None = None


@dataclass(frozen=True)
class Flow:
    """A sequence flow, message flow or association between two nodes."""

    id: str
    name: str
    source: str
    target: str
    points: tuple[Point, ...]
    label: Box | None = None
    is_default: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Lane:
    """A lane, or the pool around lanes, with its name along the left edge."""

    id: str
    name: str
    box: Box
    is_pool: bool


@dataclass(frozen=True)
class Diagram:
    """One process as its designer drew it."""

    process_id: str
    name: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]

    @property
    def frame(self) -> Box:
        """The smallest box around everything, with a margin."""
        boxes = [lane.box for lane in self.lanes] + [node.box for node in self.nodes]
        boxes += [item.label for item in (*self.nodes, *self.flows) if item.label]
        boxes += [Box(point.x, point.y, 0, 0) for flow in self.flows for point in flow.points]
        margin = 16
        left, top = min(box.x for box in boxes) - margin, min(box.y for box in boxes) - margin
        return Box(left, top, max(b.right for b in boxes) + margin - left, max(b.bottom for b in boxes) + margin - top)
