"""What the ledger's columns are called on pages, in the language of the request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import LazyString, lazy_pgettext

from workflows.ledger.orders import Order

HEADINGS: Final[Mapping[str, LazyString]] = {
    "number": lazy_pgettext("ledger column", "Number"),
    "source": lazy_pgettext("ledger column", "Source"),
    "content_area": lazy_pgettext("ledger column", "Content area"),
    "source_reference": lazy_pgettext("ledger column", "Source document"),
    "previous_number": lazy_pgettext("ledger column", "Number in the old ledger"),
    "origin": lazy_pgettext("ledger column", "New or carried over"),
    "inspection_level": lazy_pgettext("ledger column", "Level"),
    "found_on": lazy_pgettext("ledger column", "Found on"),
    "inspecting_body": lazy_pgettext("ledger column", "Inspecting body"),
    "inspectors": lazy_pgettext("ledger column", "Inspectors"),
    "experts": lazy_pgettext("ledger column", "Experts"),
    "inspected_unit": lazy_pgettext("ledger column", "Inspected unit"),
    "uscc": lazy_pgettext("ledger column", "Credit code"),
    "sector": lazy_pgettext("ledger column", "Sector"),
    "region_code": lazy_pgettext("ledger column", "Region"),
    "place": lazy_pgettext("ledger column", "Place"),
    "title": lazy_pgettext("ledger column", "Hazard"),
    "description": lazy_pgettext("ledger column", "Description"),
    "category": lazy_pgettext("ledger column", "Category"),
    "accident_type": lazy_pgettext("ledger column", "Accident type"),
    "severity": lazy_pgettext("ledger column", "Severity"),
    "criterion": lazy_pgettext("ledger column", "Criterion"),
    "violated_clause": lazy_pgettext("ledger column", "Violated clause"),
    "requirements": lazy_pgettext("ledger column", "Requirements"),
    "measures": lazy_pgettext("ledger column", "Measures"),
    "steps": lazy_pgettext("ledger column", "Steps"),
    "unit_name": lazy_pgettext("ledger column", "Responsible unit"),
    "responsible_name": lazy_pgettext("ledger column", "Responsible person"),
    "responsible_post": lazy_pgettext("ledger column", "Post"),
    "responsible_phone": lazy_pgettext("ledger column", "Phone"),
    "department": lazy_pgettext("ledger column", "Department"),
    "department_person": lazy_pgettext("ledger column", "Person of the department"),
    "committee": lazy_pgettext("ledger column", "Committee"),
    "guaranteeing_leader": lazy_pgettext("ledger column", "Guaranteeing leader"),
    "funds_planned": lazy_pgettext("ledger column", "Funds planned (10,000 yuan)"),
    "funds_in_place": lazy_pgettext("ledger column", "Funds in place (10,000 yuan)"),
    "funds_spent": lazy_pgettext("ledger column", "Funds spent (10,000 yuan)"),
    "due_at": lazy_pgettext("ledger column", "Time limit"),
    "interim_controls": lazy_pgettext("ledger column", "Interim controls"),
    "progress": lazy_pgettext("ledger column", "Progress"),
    "done_on": lazy_pgettext("ledger column", "Rectified on"),
    "photos_before": lazy_pgettext("ledger column", "Photos before"),
    "photos_after": lazy_pgettext("ledger column", "Photos after"),
    "claimed_result": lazy_pgettext("ledger column", "Result"),
    "stage": lazy_pgettext("ledger column", "Stage"),
    "extensions": lazy_pgettext("ledger column", "Extensions"),
    "extended_due_at": lazy_pgettext("ledger column", "Extended limit"),
    "rechecked_on": lazy_pgettext("ledger column", "Re-checked on"),
    "recheckers": lazy_pgettext("ledger column", "Re-checked by"),
    "recheck_opinion": lazy_pgettext("ledger column", "Opinion of the re-check"),
    "closed_on": lazy_pgettext("ledger column", "Closed on"),
    "closed_by": lazy_pgettext("ledger column", "Closed by"),
    "listed": lazy_pgettext("ledger column", "Listed supervision"),
    "listing_level": lazy_pgettext("ledger column", "Level of listing"),
    "listing_document": lazy_pgettext("ledger column", "Document of listing"),
    "delisted_on": lazy_pgettext("ledger column", "Delisted on"),
    "documents": lazy_pgettext("ledger column", "Enforcement documents"),
    "penalties": lazy_pgettext("ledger column", "Penalties"),
    "exposed": lazy_pgettext("ledger column", "Exposed"),
    "exposure_media": lazy_pgettext("ledger column", "Media"),
    "exposed_on": lazy_pgettext("ledger column", "Exposed on"),
    "transfers": lazy_pgettext("ledger column", "Transfers"),
    "verdict": lazy_pgettext("ledger column", "Verdict"),
    "remark": lazy_pgettext("ledger column", "Remark"),
    "days_left": lazy_pgettext("ledger column", "Time left"),
    "returns": lazy_pgettext("ledger column", "Times sent back"),
}
ORDERED: Final[Mapping[str, Order]] = {
    "number": Order.NUMBER,
    "due_at": Order.DUE,
    "days_left": Order.DUE,
    "found_on": Order.FOUND,
    "severity": Order.SEVERITY,
    "stage": Order.STAGE,
    "returns": Order.RETURNS,
}
"""The columns by which the rows can be ordered."""
FIGURES: Final = frozenset({"funds_planned", "funds_in_place", "funds_spent", "extensions", "returns"})
"""The columns that are set to the right."""
