"""The frame of a draw: the frozen list of hazards that may be drawn, its strata, and its canonical form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from hashlib import sha256


@dataclass(frozen=True, order=True)
class Candidate:
    """A hazard as the draw sees it. `unit` tells units apart and names none; all fields are codes without tabs."""

    number: str
    city: str
    county: str
    sector: str
    severity: str
    unit: str


def stratum_of(candidate: Candidate) -> str:
    """City, sector and severity, e.g. `4101/town_gas/major`."""
    return f"{candidate.city}/{candidate.sector}/{candidate.severity}"


def by_stratum(candidates: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    """The candidates of each stratum; strata in the order of their names, candidates in the order given."""
    strata: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        strata[stratum_of(candidate)].append(candidate)
    return dict(sorted(strata.items()))


def frame_hash(candidates: Sequence[Candidate]) -> str:
    """SHA-256 (hex) of the frame's canonical form, which does not depend on the order of the candidates.

    The canonical form is UTF-8 text, one line for each candidate, ended by a line feed: the six fields in their
    order, with a tab between them; lines in the order of the numbers' code points.
    """
    lines = ("\t".join(astuple(candidate)) + "\n" for candidate in sorted(candidates))
    return sha256("".join(lines).encode()).hexdigest()
