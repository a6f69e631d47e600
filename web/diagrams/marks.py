"""What an instance has done so far, as marks on the elements of a diagram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from web.diagrams.model import Diagram, Flow


@dataclass(frozen=True)
class Mark:
    """How often an element was completed, and whether the instance stands there now."""

    done: int = 0
    current: bool = False

    @property
    def again(self) -> int:
        """How often the element was done over, after its first completion."""
        return max(self.done - 1, 0)


UNTOUCHED = Mark()


@dataclass(frozen=True)
class Progress:
    """Marks by element id, and the flows along which the instance went."""

    marks: dict[str, Mark] = field(default_factory=dict[str, Mark])
    taken: frozenset[str] = frozenset()

    def mark(self, element_id: str) -> Mark:
        return self.marks.get(element_id, UNTOUCHED)


def progress_on(diagram: Diagram, completed: Sequence[str], current: Iterable[str]) -> Progress:
    """How far an instance came; `completed` names its elements in order, once for each completion, `current` where
    tokens wait.

    History does not tell the flows. Where a flow is the only way out of its source or into its target, that one's
    completion tells it; otherwise the target must have followed the source at once.
    """
    done, here = Counter(completed), set(current)
    marks = {element: Mark(done[element], element in here) for element in done.keys() | here}
    ways_out = Counter(flow.source for flow in diagram.flows if not flow.dashed)
    ways_in = Counter(flow.target for flow in diagram.flows if not flow.dashed)
    followed = set(pairwise(completed)) | {(completed[-1], element) for element in here if completed}

    def is_taken(flow: Flow) -> bool:
        if flow.dashed or not done[flow.source]:
            return False
        if ways_out[flow.source] == 1:
            return True
        is_reached = done[flow.target] > 0 or flow.target in here
        return is_reached and (ways_in[flow.target] == 1 or (flow.source, flow.target) in followed)

    return Progress(marks, frozenset(flow.id for flow in diagram.flows if is_taken(flow)))
