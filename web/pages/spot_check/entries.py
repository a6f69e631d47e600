"""Reads the form of a plan, and fills it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflows.errors import InvalidRecord
from workflows.hazards.words import Severity
from workflows.sentences import Sentence, sentence
from workflows.spot_check.models import SpotCheckRound
from workflows.spot_check.parameters import HENAN_2025, Coverage, DrawParameters
from workflows.spot_check.rounds import RoundPlan

LARGEST = 1_000_000
BY_SIZE, BY_SHARE = "size", "share"
FIRST_ENTRIES: Mapping[str, Any] = {
    "by": BY_SHARE,
    "sample_permille": 60,
    "minimum_per_stratum": 1,
    "weight_general": 1,
    "weight_major": 3,
    "counties_per_city": 0,
    "sectors_per_county": 0,
    "units_per_sector": 0,
    "exclusion_days": 0,
}
"""What the form of a new round holds."""
USUAL_COVERAGE = (HENAN_2025.counties_per_city, HENAN_2025.sectors_per_county, HENAN_2025.units_per_sector)


def read_plan(entered: Mapping[str, str]) -> RoundPlan:
    """The plan that a form asks for. Raises InvalidRecord naming each entry that cannot be read."""
    reader = _Reader(entered)
    by_size = entered.get("by") == BY_SIZE
    plan = RoundPlan(
        campaign_id=reader.number("campaign"),
        committee_id=reader.number("committee"),
        name=entered.get("name", "").strip(),
        parameters=DrawParameters(
            sample_size=reader.number("sample_size") if by_size else None,
            sample_permille=None if by_size else reader.number("sample_permille"),
            minimum_per_stratum=reader.number("minimum_per_stratum"),
            weights={severity.value: reader.number(f"weight_{severity.value}") for severity in Severity},
            coverage=Coverage(
                counties_per_city=reader.number("counties_per_city"),
                sectors_per_county=reader.number("sectors_per_county"),
                units_per_sector=reader.number("units_per_sector"),
            ),
        ),
        closed_since=reader.day("closed_since"),
        exclusion_days=reader.number("exclusion_days"),
    )
    _refuse(reader.errors, plan)
    return plan


def entries_of(it: SpotCheckRound) -> dict[str, Any]:
    """What the form of a planned round holds."""
    parameters = DrawParameters.from_dict(it.parameters)
    return {
        "campaign": it.campaign_id,
        "committee": it.committee_id,
        "name": it.name,
        "by": BY_SHARE if parameters.sample_size is None else BY_SIZE,
        "sample_size": parameters.sample_size,
        "sample_permille": parameters.sample_permille,
        "minimum_per_stratum": parameters.minimum_per_stratum,
        **{f"weight_{severity}": weight for severity, weight in parameters.weights.items()},
        **vars(parameters.coverage),
        "closed_since": it.closed_since.isoformat() if it.closed_since else "",
        "exclusion_days": it.exclusion_days,
    }


def _refuse(errors: dict[str, Sentence], plan: RoundPlan) -> None:
    """Raises InvalidRecord with what cannot be read and what makes no sense, each beside its field."""
    try:
        plan.check()
    except InvalidRecord as invalid:
        errors = {**invalid.errors, **errors}
    if "weights" in errors:
        errors["weight_major"] = errors.pop("weights")
    if errors:
        raise InvalidRecord(errors)


class _Reader:
    """Reads entries one by one and remembers which it could not."""

    def __init__(self, entered: Mapping[str, str]) -> None:
        self._entered = entered
        self.errors: dict[str, Sentence] = {}

    def number(self, name: str) -> int:
        text = self._entered.get(name, "").strip()
        try:
            found = int(text)
        except ValueError:
            found = -1
        if not 0 <= found <= LARGEST:
            self.errors[name] = sentence("a whole number from 0 to %(most)s", most=LARGEST)
            return 0
        return found

    def day(self, name: str) -> date | None:
        text = self._entered.get(name, "").strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.errors[name] = sentence("a day as YYYY-MM-DD")
            return None
