"""What templates of the desk say of regions, parameters and strata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext

from web.times import full_day
from web.words import in_words
from workflows.geography.divisions import divisions
from workflows.hazards.words import Severity
from workflows.organisations.sectors import Sector
from workflows.spot_check.models import SpotCheckRound
from workflows.spot_check.parameters import DrawParameters


def region_name(code: str) -> str:
    """The name of a region; a code that the data lack stays itself."""
    known = divisions().get(code)
    return known.name if known else code


def stratum_in_words(stratum: str) -> str:
    """City, sector and severity of a stratum's name."""
    city, sector, severity = stratum.split("/")
    return " · ".join((region_name(city), in_words(Sector(sector)), in_words(Severity(severity))))


def parameters_in_words(it: SpotCheckRound) -> Sequence[tuple[str, str]]:
    """The parameters of a round as pairs of name and value."""
    parameters = DrawParameters.from_dict(it.parameters)
    coverage = parameters.coverage
    asked = gettext(
        "%(counties)s counties a city, %(sectors)s sectors a county, %(units)s units a sector",
        counties=coverage.counties_per_city,
        sectors=coverage.sectors_per_county,
        units=coverage.units_per_sector,
    )
    since = gettext("closed since %(day)s too", day=full_day(it.closed_since)) if it.closed_since else gettext("no")
    left_out = gettext("spot-checked in the last %(days)s days", days=it.exclusion_days)
    return (
        (gettext("Sample"), _size(parameters)),
        (gettext("At least of each stratum"), str(parameters.minimum_per_stratum)),
        (gettext("Weights"), _weights(parameters.weights)),
        (gettext("Coverage"), asked if coverage.is_asked else gettext("none")),
        (gettext("Closed hazards"), since),
        (gettext("Left out"), left_out if it.exclusion_days else gettext("nothing")),
    )


def facts_in_words(facts: Mapping[str, Any]) -> str:
    """What the record of an act says beside its name, where a person can make use of it."""
    if "drawn" in facts:
        return gettext("%(drawn)s hazards drawn before %(witnesses)s", drawn=facts["drawn"],
                       witnesses=gettext(", ").join(facts.get("witnesses", ())))  # fmt: skip
    if "assigned" in facts:
        return gettext("%(assigned)s with a team, %(without)s without", assigned=facts["assigned"],
                       without=len(facts.get("unassigned", ())))  # fmt: skip
    if "candidates" in facts:
        return gettext("%(candidates)s candidates", candidates=facts["candidates"])
    return str(facts.get("hazard", ""))


def _size(parameters: DrawParameters) -> str:
    if parameters.sample_size is not None:
        return gettext("%(number)s hazards", number=parameters.sample_size)
    return gettext("%(share)s ‰ of the list", share=parameters.sample_permille)


def _weights(weights: Mapping[str, int]) -> str:
    return gettext(", ").join(f"{in_words(Severity(name))} ×{weight}" for name, weight in weights.items())
