"""Times two things in turn, so that a machine whose speed drifts treats both alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Compared:
    """Median milliseconds of ours and the peer's, and the median of the ratios round by round."""

    ours: float
    peer: float
    ratio: float


def in_turn(ours: Sequence[Callable[[], object]], peer: Sequence[Callable[[], object]], *, each: int = 1) -> Compared:
    """Run the two lists side by side, one of each at a time; `each` is how many operations one call does."""
    pairs = [(_timed(a), _timed(b)) for a, b in zip(ours, peer, strict=True)]
    return Compared(
        median(a for a, _ in pairs) / each,
        median(b for _, b in pairs) / each,
        median(b / a for a, b in pairs),
    )


def alone(calls: Sequence[Callable[[], object]]) -> float:
    """The median milliseconds of a call."""
    return median(_timed(call) for call in calls)


def _timed(call: Callable[[], object]) -> float:
    began = perf_counter()
    call()
    return (perf_counter() - began) * 1000
