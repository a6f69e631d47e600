"""The words for enums, ours and the domain's, in the language of the request."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import LazyString, lazy_pgettext

from web.pages.inbox import Whose
from web.times import Urgency
from workflows.campaigns.content_areas import Source
from workflows.hazards.words import EvidenceKind, Origin, Severity
from workflows.organisations.sectors import Sector

WORDS: Mapping[type[StrEnum], Mapping[StrEnum, LazyString]] = {
    Urgency: {
        Urgency.OVERDUE: lazy_pgettext("urgency", "Overdue"),
        Urgency.SOON: lazy_pgettext("urgency", "Due within 3 days"),
        Urgency.LATER: lazy_pgettext("urgency", "Later"),
    },
    Whose: {
        Whose.ALL: lazy_pgettext("whose tasks", "All open"),
        Whose.MINE: lazy_pgettext("whose tasks", "Given to me"),
    },
    Severity: {
        Severity.GENERAL: lazy_pgettext("severity", "General hazard"),
        Severity.MAJOR: lazy_pgettext("severity", "Major hazard"),
    },
    Origin: {
        Origin.NEW: lazy_pgettext("origin", "New"),
        Origin.CARRIED_OVER: lazy_pgettext("origin", "Carried over"),
        Origin.RELAPSED: lazy_pgettext("origin", "Relapsed"),
    },
    EvidenceKind: {
        EvidenceKind.BEFORE: lazy_pgettext("evidence", "Photos before rectification"),
        EvidenceKind.AFTER: lazy_pgettext("evidence", "Photos after rectification"),
        EvidenceKind.ON_SITE: lazy_pgettext("evidence", "Photos of the verification on site"),
        EvidenceKind.DOCUMENT: lazy_pgettext("evidence", "Documents"),
    },
    Sector: {
        Sector.TOWN_GAS: lazy_pgettext("sector", "Town gas"),
        Sector.SELF_BUILT_HOUSES: lazy_pgettext("sector", "Self-built houses used for business"),
        Sector.HAZARDOUS_CHEMICALS: lazy_pgettext("sector", "Hazardous chemicals"),
        Sector.NON_COAL_MINES: lazy_pgettext("sector", "Non-coal mines"),
        Sector.INDUSTRY_TRADE: lazy_pgettext("sector", "Industry and trade"),
        Sector.HIGH_RISE_FIRE: lazy_pgettext("sector", "High-rise fire safety"),
        Sector.NINE_SMALL_PLACES: lazy_pgettext("sector", "Nine small places and street shops"),
        Sector.COAL_MINES: lazy_pgettext("sector", "Coal mines"),
        Sector.ROAD_TRAFFIC: lazy_pgettext("sector", "Road traffic"),
        Sector.FOREST_FIRE: lazy_pgettext("sector", "Forest fire"),
    },
    Source: {
        Source.STATE_ASSESSMENT: lazy_pgettext("source", "Assessment by the State Council's Safety Committee"),
        Source.PROVINCIAL_TEAM: lazy_pgettext("source", "Provincial inspection team"),
        Source.LOCAL_INSPECTION: lazy_pgettext("source", "Local inspection"),
        Source.THREE_YEAR_ACTION: lazy_pgettext("source", "Three-year special rectification"),
        Source.SECTOR_CAMPAIGN: lazy_pgettext("source", "Sector campaign"),
        Source.SELF_CHECK: lazy_pgettext("source", "Self-check"),
        Source.SPECIAL_INSPECTION: lazy_pgettext("source", "Special inspection"),
        Source.SPOT_CHECK: lazy_pgettext("source", "Spot-check"),
        Source.TIP: lazy_pgettext("source", "Report by the public"),
        Source.EARLIER_LEDGER: lazy_pgettext("source", "Earlier ledger"),
    },
}


def in_words(value: StrEnum) -> str:
    """The word for a member of an enum that pages show."""
    return str(WORDS[type(value)][value])
