"""A hazard as a row of the ledger: what its record and the rows that hang on it say, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflows.calendar import BEIJING_TIME
from workflows.exposure.models import Exposure
from workflows.hazards.models import Hazard, Verification
from workflows.hazards.words import EvidenceKind
from workflows.ledger.cells.answers import Completion
from workflows.ledger.cells.regions import name_of
from workflows.ledger.writing.cells import listed
from workflows.ledger.writing.hanging import Hanging
from workflows.listed_supervision.models import Supervision
from workflows.permissions import Scope, visible

PAGE: Final = 1000
SAME_NAME: Final = (
    "number", "source", "content_area", "source_reference", "previous_number", "origin", "inspection_level",
    "found_on", "inspecting_body", "inspectors", "experts", "inspected_unit", "uscc", "sector", "place", "title",
    "description", "category", "accident_type", "severity", "criterion", "violated_clause", "requirements", "measures",
    "steps", "unit_name", "responsible_name", "responsible_post", "responsible_phone", "department_person",
    "guaranteeing_leader", "funds_planned", "funds_in_place", "funds_spent", "interim_controls",
    "stage", "closed_by", "listed", "exposed", "penalties", "transfers", "verdict", "remark",
)  # fmt: skip
"""The attributes whose column is called as they are."""


def ledger_rows(session: Session, wanted: Select[Any]) -> Iterator[Mapping[str, Any]]:
    """The hazards of a select as rows of the ledger, in the order in which they were registered.

    They are read page by page, and a page is forgotten before the next one is read.
    """
    last = 0
    while page := session.scalars(wanted.where(Hazard.id > last).order_by(Hazard.id).limit(PAGE)).all():
        last = page[-1].id
        yield from rows_of(session, page)
        session.expunge_all()


def rows_of(session: Session, hazards: Sequence[Hazard]) -> list[Mapping[str, Any]]:
    """Hazards as rows of the ledger, in their order."""
    hanging = Hanging(session, hazards)
    return [_row(hazard, hanging) for hazard in hazards]


def all_of(campaign_id: int, scope: Scope | None) -> Select[Any]:
    """The hazards of a campaign that the scope may read (None: all)."""
    wanted = select(Hazard).where(Hazard.campaign_id == campaign_id)
    return wanted if scope is None else visible(wanted, scope, Hazard.region_path, Hazard.sector, Hazard.unit_id)


def _row(hazard: Hazard, hanging: Hanging) -> Mapping[str, Any]:
    was_extended = hazard.extensions > 0
    return {
        **{attribute: getattr(hazard, attribute) for attribute in SAME_NAME},
        **_rechecked(hanging.rechecks.get(hazard.id)),
        **_supervised(hanging.supervisions.get(hazard.id)),
        **_made_public(hanging.exposures.get(hazard.id)),
        "region_code": name_of(hazard.region_code),
        "department": hanging.names[hazard.department_id],
        "committee": hanging.names[hazard.committee_id],
        "due_at": hazard.original_due_at if was_extended else hazard.due_at,
        "extensions": hazard.extensions or None,
        "extended_due_at": hazard.due_at if was_extended else None,
        "progress": "\n".join(hanging.notes[hazard.id]),
        "claimed_result": _claimed(hazard),
        "done_on": _day(hazard.rectified_at) or hazard.claimed_done_on,
        "photos_before": listed(hanging.photos[hazard.id, EvidenceKind.BEFORE]),
        "photos_after": listed(hanging.photos[hazard.id, EvidenceKind.AFTER]),
        "closed_on": _day(hazard.closed_at),
        "documents": listed(hazard.documents),
    }


def _claimed(hazard: Hazard) -> str:
    """What an earlier ledger claims, else how far the rectification is with us."""
    ours = Completion.DONE if hazard.rectified_at else Completion.UNDER_WAY
    return hazard.claimed_result or ours.label


def _rechecked(it: Verification | None) -> Mapping[str, Any]:
    if it is None:
        return {}
    return {"rechecked_on": _day(it.at), "recheckers": listed(it.verifiers), "recheck_opinion": it.opinion}


def _supervised(it: Supervision | None) -> Mapping[str, Any]:
    if it is None:
        return {}
    return {"listing_level": it.level.label, "listing_document": it.document, "delisted_on": _day(it.delisted_at)}


def _made_public(it: Exposure | None) -> Mapping[str, Any]:
    return {"exposure_media": it.media, "exposed_on": _day(it.published_at)} if it is not None else {}


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(BEIJING_TIME).date() if moment else None
