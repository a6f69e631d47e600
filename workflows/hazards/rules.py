"""The rules that a hazard must keep to go on a campaign's ledger, whether a person tells of it or a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from workflows.criteria import Criteria, criteria_in_force, named_out_of_force
from workflows.geography.divisions import divisions
from workflows.hazards.words import Severity
from workflows.organisations.sectors import Sector
from workflows.sentences import Sentence, sentence

NEEDED: Final = ("title", "description", "unit_name")


def errors_of(told: Mapping[str, Any], sectors: Collection[str], today: date) -> dict[str, Sentence]:
    """What is wrong with a hazard, by field; `told` has the fields of its registration, as far as they are known.

    A field that is not known breaks no rule, unless it is one that every hazard needs. `sectors` are those that the
    campaign covers. A hazard of which nobody knows when it was found is judged as if it was found today.
    """
    errors = {name: sentence("it must not be empty") for name in NEEDED if not told.get(name)}
    if "sector" in told and told["sector"].value not in sectors:
        errors["sector"] = sentence("the campaign does not cover %(sector)s", sector=told["sector"])
    if "region_code" in told and told["region_code"] not in divisions():
        errors["region_code"] = sentence("there is no region '%(region)s'", region=told["region_code"])
    if told.get("severity") is Severity.MAJOR:
        errors |= _criterion_errors(told.get("criterion", ""), told.get("sector"), told.get("found_on") or today)
    return errors


def _criterion_errors(criterion: str, sector: Sector | None, found_on: date) -> dict[str, Sentence]:
    if not criterion:
        return {"criterion": sentence("a major hazard needs the clause by which it was judged")}
    if sector is not None and (wrong := named_out_of_force(criterion, found_on)):
        return {"criterion": _not_in_force(wrong, sector, found_on)}
    return {}


def _not_in_force(named: Sequence[Criteria], sector: Sector, found_on: date) -> Sentence:
    wrong, known = [[it.number for it in some] for some in (named, criteria_in_force(sector, found_on))]
    if not known:
        return sentence(
            "%(wrong)s was not in force on %(day)s, nor was any other list for %(sector)s that we know",
            wrong=wrong,
            day=found_on,
            sector=sector,
        )
    return sentence(
        "%(wrong)s was not in force on %(day)s; in force for %(sector)s: %(known)s",
        wrong=wrong,
        day=found_on,
        sector=sector,
        known=known,
    )
