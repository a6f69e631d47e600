"""A hazard that was put right and has come back (反弹): a new row, linked to the old one."""

from __future__ import annotations

from typing import Final

from engine.runtime import UnitOfWork
from workflows.calendar import WorkingCalendar
from workflows.campaigns.content_areas import Source
from workflows.errors import InvalidRecord, Refused
from workflows.hazards.models import Hazard
from workflows.hazards.register import Registration, register
from workflows.hazards.words import Origin
from workflows.sentences import sentence

KEPT: Final = (
    "campaign_id",
    "title",
    "place",
    "region_code",
    "sector",
    "severity",
    "criterion",
    "category",
    "accident_type",
    "violated_clause",
    "content_area",
    "unit_name",
    "unit_id",
    "uscc",
    "responsible_person",
    "responsible_name",
    "responsible_post",
    "responsible_phone",
    "guaranteeing_leader",
)
"""What a new row takes over from the old one."""


def register_relapse(uow: UnitOfWork, hazard: Hazard, *, found: str, by: str, calendar: WorkingCalendar) -> Hazard:
    """Put the hazard on the ledger again as it was found now, and start its process.

    The old row goes its way to closure, because its rectification was real, with the verdict on record; so the place
    counts as one open hazard, and the relapse is counted by the new row's origin.
    Raises Refused when the old row's facts do not hold for a new one.
    """
    kept = {name: getattr(hazard, name) for name in KEPT}
    again = Registration(
        **kept,
        description=found,
        source=Source.SPECIAL_INSPECTION,
        origin=Origin.RELAPSED,
        found_on=calendar.local_date(uow.now),
        previous_id=hazard.id,
        previous_number=hazard.number,
    )
    try:
        return register(uow, again, by=by)
    except InvalidRecord as invalid:
        raise Refused(
            sentence(
                "%(hazard)s cannot be registered again: %(why)s",
                hazard=hazard.number,
                why=list(invalid.errors.values()),
            )
        ) from invalid
