"""Pairs the members of two lists, and tells which of the pairs changed their place among the others."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

T = TypeVar("T")
Key = Callable[[T], Hashable]
Places = Sequence[tuple[int | None, int | None]]
"""Pairs of places, before and after; None where a member is alone."""


def pair(before: Sequence[T], after: Sequence[T], *keys: Key[T]) -> Places:
    """The places of members that belong together, by the first key that is equal and not empty; then what is alone.

    The pairs come in the order of `after`; what is only in `before` stands where it was.
    """
    partner: dict[int, int] = {}
    for key in keys:
        taken = set(partner.values())
        free: dict[Hashable, list[int]] = defaultdict(list)
        for place, member in enumerate(before):
            if place not in taken:
                free[key(member)].append(place)
        for place, member in enumerate(after):
            waiting = free.get(key(member)) if place not in partner and key(member) else None
            if waiting:
                partner[place] = waiting.pop(0)
    return _in_order(len(before), len(after), partner)


def moved(pairs: Places) -> set[int]:
    """The places in `after` of pairs that changed places: all but the longest run that keeps the old order."""
    both = [(old, new) for old, new in pairs if old is not None and new is not None]
    staying = _longest_rise([old for old, _ in both])
    return {new for position, (_, new) in enumerate(both) if position not in staying}


def _in_order(before: int, after: int, partner: dict[int, int]) -> Places:
    removed = sorted(set(range(before)) - set(partner.values()))
    listed: list[tuple[int | None, int | None]] = []
    for place in range(after):
        old = partner.get(place)
        while old is not None and removed and removed[0] < old:
            listed.append((removed.pop(0), None))
        listed.append((old, place))
    return listed + [(old, None) for old in removed]


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """The positions of a longest rising subsequence."""
    ends: list[int] = []
    positions: list[int] = []
    previous: list[int | None] = []
    for position, number in enumerate(numbers):
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        positions[length : length + 1] = [position]
        previous.append(positions[length - 1] if length else None)
    return _walked_back(positions, previous)


def _walked_back(positions: Sequence[int], previous: Sequence[int | None]) -> set[int]:
    found: set[int] = set()
    step = positions[-1] if positions else None
    while step is not None:
        found.add(step)
        step = previous[step]
    return found
