"""What holds for a request before it is made: until when a limit may move, how often, and who decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from workflows.extension_request.models import pending_request
from workflows.extension_request.requesting import last_day_allowed
from workflows.hazards.models import Hazard
from workflows.listed_supervision import supervision_under_way
from workflows.organisations.roles import Role
from workflows.organisations.tree import organisation


@dataclass(frozen=True)
class ExtensionRules:
    """`latest` is None when only the one who decides sets the end. There is no fixed number of extensions: one request
    waits at a time, and `granted` tells how many were granted so far. `decided_by` at `organisation` decides."""

    latest: date | None
    granted: int
    is_pending: bool
    organisation: str
    decided_by: Role


def rules_for(session: Session, hazard: Hazard) -> ExtensionRules:
    """The rules for a hazard as it is now; the diagram `extension_request` gives the decision to the same people."""
    listing = supervision_under_way(session, hazard.id) if hazard.listed else None
    decider = listing.committee_id if listing else hazard.department_id
    return ExtensionRules(
        latest=last_day_allowed(session, hazard),
        granted=hazard.extensions,
        is_pending=pending_request(session, hazard.id) is not None,
        organisation=organisation(session, decider).name,
        decided_by=Role.COMMITTEE_OFFICE if listing else Role.DEPARTMENT_LEADER,
    )
