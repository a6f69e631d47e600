"""The draw itself: a public list, a secret seed and the witnesses' words give the sample, and nothing else does.

Anyone can repeat it, in any language (`docs/spot-check-draw.md` has it in words). No floating point and no library's
random numbers take part: a candidate's rank is a hash, and the lowest ranks of each stratum are drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from workflows.spot_check.allocation import Stratum, allocate
from workflows.spot_check.frame import Candidate, by_stratum
from workflows.spot_check.parameters import Coverage, DrawParameters


@dataclass(frozen=True)
class Drawn:
    """A hazard that was drawn, its stratum, and its place among those drawn there, from 1."""

    number: str
    stratum: str
    place: int


def seed_hash(seed: bytes) -> str:
    """SHA-256 (hex) of the seed, which is published before the draw while the seed is kept secret."""
    return sha256(seed).hexdigest()


def key_of(seed: bytes, words: str) -> bytes:
    """SHA-256 of the seed followed by the witnesses' words (UTF-8).

    The committee chose the seed without knowing the words, and the witnesses speak them without knowing the seed:
    neither can steer the draw alone.
    """
    return sha256(seed + words.encode()).digest()


def rank(key: bytes, text: str) -> bytes:
    """SHA-256 of the key followed by a text (UTF-8); the lower, the earlier."""
    return sha256(key + text.encode()).digest()


def draw(candidates: Sequence[Candidate], parameters: DrawParameters, key: bytes) -> list[Drawn]:
    """The sample, stratum by stratum in the order of their names, each in the order of ranks.

    First the coverage is taken, from all candidates in the order of ranks. It counts as its strata's minimum when
    the sample is allotted to the strata, and goes before the rest of its stratum.
    """
    ordered = sorted(candidates, key=lambda it: (rank(key, it.number), it.number))
    taken = covering(ordered, parameters.coverage)
    strata = by_stratum(ordered)
    numbers = allocate(
        {
            name: Stratum(
                size=len(inside),
                weight=parameters.weights[inside[0].severity],
                minimum=max(parameters.minimum_per_stratum, sum(it.number in taken for it in inside)),
            )
            for name, inside in strata.items()
        },
        parameters.wanted(len(candidates)),
    )
    return [drawn for name, inside in strata.items() for drawn in _first(name, inside, taken, numbers[name])]


def covering(ordered: Sequence[Candidate], coverage: Coverage) -> frozenset[str]:
    """The numbers that the coverage takes, one of each unit, going once through candidates in the order of ranks.

    A candidate is taken when its county is one of the city's chosen or there is room for one more, its sector
    likewise in the county, and its unit is new there and there is room for it.
    """
    if not coverage.is_asked:
        return frozenset()
    counties: defaultdict[str, set[str]] = defaultdict(set)
    sectors: defaultdict[str, set[str]] = defaultdict(set)
    units: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    taken: set[str] = set()
    for it in ordered:
        wished = (
            (counties[it.city], it.county, coverage.counties_per_city),
            (sectors[it.county], it.sector, coverage.sectors_per_county),
        )
        here = units[it.county, it.sector]
        has_room = all(name in chosen or len(chosen) < most for chosen, name, most in wished)
        if has_room and it.unit not in here and len(here) < coverage.units_per_sector:
            for chosen, name, _ in wished:
                chosen.add(name)
            here.add(it.unit)
            taken.add(it.number)
    return frozenset(taken)


def _first(stratum: str, inside: Sequence[Candidate], taken: frozenset[str], number: int) -> list[Drawn]:
    covered_first = sorted(inside, key=lambda it: it.number not in taken)[:number]
    return [Drawn(it.number, stratum, place) for place, it in enumerate(covered_first, start=1)]
