"""How many hazards are drawn of each stratum: the minimum first, the rest by the method of largest remainders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Stratum:
    """How many candidates a stratum has, the weight of each, and how many of them must be drawn."""

    size: int
    weight: int
    minimum: int = 0


def allocate(strata: Mapping[str, Stratum], wanted: int) -> dict[str, int]:
    """How many to draw of each stratum; whole numbers only, so every language computes the same.

    Each stratum gets its minimum, or all it has. What is left of `wanted` is shared in proportion to size × weight.
    A stratum whose share reaches what it has left gives all, and the others share again. Then each takes the whole
    part of its share, and what remains goes, one each, to the largest remainders; equal ones in order of the names.
    """
    given = {name: min(stratum.minimum, stratum.size) for name, stratum in sorted(strata.items())}
    left = max(0, min(wanted, sum(stratum.size for stratum in strata.values())) - sum(given.values()))
    room = {name: strata[name].size - number for name, number in given.items() if strata[name].size > number}
    while left and (full := _filled(strata, room, left)):
        for name in full:
            left -= room[name]
            given[name] += room.pop(name)
    for name, share in _shares(strata, room, left).items():
        given[name] += share
    return given


def _mass(strata: Mapping[str, Stratum], room: Mapping[str, int]) -> dict[str, int]:
    return {name: strata[name].size * strata[name].weight for name in room}


def _filled(strata: Mapping[str, Stratum], room: Mapping[str, int], left: int) -> list[str]:
    """The strata whose share is at least what they have left."""
    mass = _mass(strata, room)
    total = sum(mass.values())
    return [name for name in room if left * mass[name] >= room[name] * total]


def _shares(strata: Mapping[str, Stratum], room: Mapping[str, int], left: int) -> dict[str, int]:
    if not left:
        return {}
    mass = _mass(strata, room)
    total = sum(mass.values())
    parts = {name: divmod(left * mass[name], total) for name in room}
    remaining = left - sum(whole for whole, _ in parts.values())
    largest = sorted(parts, key=lambda name: (-parts[name][1], name))[:remaining]
    return {name: whole + (name in largest) for name, (whole, _) in parts.items()}
