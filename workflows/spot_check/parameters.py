"""What is fixed about a draw before it is made: how many, with which weights, and what must be covered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Self

from workflows.errors import InvalidRecord
from workflows.hazards.words import Severity
from workflows.sentences import Sentence, sentence

ALGORITHM = "lookback-draw-1"
THOUSAND = 1000


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The least that a draw covers: so many counties of each city, sectors of each of these, units of each of those.

    Henan's spot-check of 2025 asked for 4, 4 and 5 (two public reports; not confirmed for other campaigns), so this
    is a choice of each round. Zeros, the default, ask for nothing.
    """

    counties_per_city: int = 0
    sectors_per_county: int = 0
    units_per_sector: int = 0

    @property
    def is_asked(self) -> bool:
        return min(self.counties_per_city, self.sectors_per_county, self.units_per_sector) > 0


HENAN_2025 = Coverage(counties_per_city=4, sectors_per_county=4, units_per_sector=5)


@dataclass(frozen=True, kw_only=True)
class DrawParameters:
    """A sample is `sample_size` hazards, or `sample_permille` of the frame (‰, rounded up).

    `weights` say, by severity, how much likelier a hazard is to be drawn, in whole numbers. Of each stratum at least
    `minimum_per_stratum` are drawn, or all that it has. Minimums and coverage go before the size: they raise it.
    """

    sample_size: int | None = None
    sample_permille: int | None = None
    minimum_per_stratum: int = 1
    weights: Mapping[str, int] = field(default_factory=lambda: {Severity.GENERAL.value: 1, Severity.MAJOR.value: 3})
    coverage: Coverage = Coverage()

    def wanted(self, candidates: int) -> int:
        """How many of so many candidates are to be drawn, before minimums and coverage."""
        if self.sample_size is not None:
            return min(self.sample_size, candidates)
        return -(-candidates * (self.sample_permille or 0) // THOUSAND)

    def check(self) -> None:
        """Raises InvalidRecord naming each parameter that makes no sense."""
        errors: dict[str, Sentence] = {}
        if (self.sample_size is None) is (self.sample_permille is None):
            errors["sample_size"] = sentence("give either a number of hazards or a share in thousandths")
        elif self.sample_size is not None and self.sample_size < 1:
            errors["sample_size"] = sentence("at least one hazard must be drawn")
        elif self.sample_permille is not None and not 1 <= self.sample_permille <= THOUSAND:
            errors["sample_permille"] = sentence("the share lies between 1 and 1000 thousandths")
        if self.minimum_per_stratum < 0:
            errors["minimum_per_stratum"] = sentence("it cannot be negative")
        if set(self.weights) != set(Severity) or any(weight < 1 for weight in self.weights.values()):
            errors["weights"] = sentence("each severity needs a weight of at least 1")
        if errors:
            raise InvalidRecord(errors)

    def to_dict(self) -> dict[str, Any]:
        """The parameters as the proof and the database keep them."""
        return {"algorithm": ALGORITHM, **asdict(self), "weights": dict(self.weights)}

    @classmethod
    def from_dict(cls, written: Mapping[str, Any]) -> Self:
        """The parameters that `to_dict` wrote. Raises KeyError or TypeError for anything else."""
        known = {name: written[name] for name in ("sample_size", "sample_permille", "minimum_per_stratum", "weights")}
        return cls(**known, coverage=Coverage(**written["coverage"]))


def parameters_hash(written: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the parameters as JSON: keys in order, no spaces, ASCII only."""
    return sha256(json.dumps(written, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
