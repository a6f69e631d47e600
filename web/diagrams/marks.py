"""What an instance has done so far, as marks on the elements of a diagram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Happening(Protocol):
    """What a history event tells the drawing."""

    @property
    def kind(self) -> str: ...
    @property
    def process_id(self) -> str | None: ...
    @property
    def element_id(self) -> str | None: ...


@dataclass(frozen=True)
class Mark:
    """How often an element was completed, and whether the instance stands there now."""

    done: int = 0
    current: bool = False

    @property
    def again(self) -> int:
        """How often the element was done over, after its first completion."""
        return max(self.done - 1, 0)


def marks_of(
    history: Iterable[Happening], process_id: str, *, current: Iterable[str] = (), completed: str = "element_completed"
) -> dict[str, Mark]:
    """Marks for the elements of one process, by element id; `current` names the elements where tokens wait."""
    done = Counter(
        event.element_id
        for event in history
        if event.kind == completed and event.process_id == process_id and event.element_id
    )
    here = set(current)
    return {element: Mark(done[element], element in here) for element in done.keys() | here}
