"""The form for a good practice: what it may be about, for whom, and what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from engine.runtime import UnitOfWork
from web.access import ensure_hazard_visible
from web.pages.public_photos import keep_public_photo
from web.places import place_in_words
from web.security.identity import current_actor
from web.uploads import is_kept
from web.words import in_words
from workflows.geography.divisions import RegionLevel, divisions, path_of
from workflows.geography.paths import is_inside
from workflows.good_practice.permissions import proposing_scope
from workflows.good_practice.proposing import Proposal
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard
from workflows.organisations.sectors import Sector

PROPOSED_FOR = (RegionLevel.PROVINCE, RegionLevel.CITY, RegionLevel.COUNTY)


@dataclass(frozen=True)
class Choices:
    """The places and sectors for which a person may propose; a department has one sector only."""

    regions: Sequence[tuple[str, str]]
    sectors: Sequence[tuple[str, str]]
    may_choose_all_sectors: bool


def choices_for(uow: UnitOfWork, account: str) -> Choices:
    """What this person may choose, the places in administrative order."""
    territories = proposing_scope(uow.session, account).territories
    own = [each.region_path for each in territories]
    sectors = [each.sectors for each in territories]
    any_sector = any(each is None for each in sectors)
    return Choices(
        regions=[
            (each.code, place_in_words(each.code))
            for each in divisions().values()
            if each.level in PROPOSED_FOR and any(is_inside(path_of(each.code), path) for path in own)
        ],
        sectors=[
            (each.value, in_words(each))
            for each in Sector
            if any_sector or any(each in (some or ()) for some in sectors)
        ],
        may_choose_all_sectors=any_sector,
    )


def proposal_in_form() -> Proposal:
    """What the form holds; photos that came with a refused one are still there. Raises UploadRefused."""
    fresh = [keep_public_photo(upload) for upload in request.files.getlist("photos") if upload.filename]
    kept = [reference for reference in request.form.getlist("kept") if is_kept(reference)]
    return Proposal(
        title=request.form.get("title", "").strip(),
        text=request.form.get("text", "").replace("\r\n", "\n").strip(),
        region_code=request.form.get("region_code", ""),
        sector=next((each for each in Sector if each.value == request.form.get("sector", "")), None),
        photos=[*kept, *fresh],
    )


def hazard_in_address(uow: UnitOfWork) -> Hazard | None:
    """The hazard that a good practice comes from, for those who may see it. Raises UnknownRecord, OutOfScope."""
    number = request.values.get("hazard", "")
    if not number:
        return None
    hazard = hazard_of(uow.session, number)
    ensure_hazard_visible(uow, hazard, current_actor(uow))
    return hazard
