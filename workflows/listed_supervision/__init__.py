"""Listed supervision (挂牌督办): public, numbered, bound to a level of government, until the plate is taken down."""

from workflows.listed_supervision.models import (
    Supervision,
    SupervisionNote,
    SupervisionStatus,
    notes_of,
    supervision_under_way,
    supervisions_of,
)
from workflows.listed_supervision.operators import register
from workflows.listed_supervision.proposing import listing_committee, propose_listing

__all__ = [
    "Supervision",
    "SupervisionNote",
    "SupervisionStatus",
    "listing_committee",
    "notes_of",
    "propose_listing",
    "register",
    "supervision_under_way",
    "supervisions_of",
]
