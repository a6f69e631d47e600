"""A first text for the public, made from a hazard's row with everything masked that nobody may read."""

from __future__ import annotations

from workflows.exposure.redaction import redacted
from workflows.geography.divisions import divisions
from workflows.geography.regions import codes_of
from workflows.hazards.models import Hazard
from workflows.hazards.words import Verdict

COUNTED = (Verdict.NOT_RECTIFIED, Verdict.FALSE_RECTIFICATION, Verdict.RELAPSED)
"""The verdicts that the public is told of."""


def suggested_text(hazard: Hazard) -> str:
    """What whoever drafts may begin with: place down to the county, unit, fact, and what the look-back found.

    Nothing of it is public by itself; a text is drafted, checked and approved first.
    """
    told = [f"{_placed(hazard)}存在{hazard.severity.label}：{_fact(hazard)}。"]
    if hazard.verdict in COUNTED and hazard.verdict is not None:
        told.append(f"“回头看”核查认定：{hazard.verdict.label}。")
    if hazard.returns:
        told.append(f"整改后被退回{hazard.returns}次。")
    if hazard.penalties:
        told.append(f"处理情况：{hazard.penalties}。")
    return redacted("".join(told), hazard)


def _placed(hazard: Hazard) -> str:
    """The unit with its city and county, unless its name says them already."""
    names = [divisions()[code].name for code in codes_of(hazard.region_path)[1:3]]
    return (
        hazard.unit_name if names and hazard.unit_name.startswith(names[0]) else f"{''.join(names)}{hazard.unit_name}"
    )


def _fact(hazard: Hazard) -> str:
    """What was found, without the unit's name again."""
    return hazard.description.removeprefix(hazard.unit_name).rstrip("。；;.")
