"""Proposes that a hazard be made public, for a process or for a person."""

from __future__ import annotations

from typing import Final

from engine.events import publish
from engine.instances import start
from engine.runtime import UnitOfWork
from workflows.errors import InvalidRecord
from workflows.exposure.models import Exposure, exposure_under_way
from workflows.hazards.facts import facts_of
from workflows.hazards.models import Hazard
from workflows.sentences import sentence

PROCESS: Final = "exposure"


def propose_exposure(uow: UnitOfWork, hazard: Hazard, *, reason: str, by: str) -> Exposure:
    """Propose an exposure; starts the process in which a text is drafted, and approved before it is public.

    A hazard that is proposed or exposed already is not proposed twice: the present exposure is returned. Raises
    InvalidRecord without a reason.
    """
    present = exposure_under_way(uow.session, hazard.id)
    if present is not None:
        return present
    if not reason.strip():
        raise InvalidRecord({"reason": sentence("it must not be empty")})
    record = Exposure(hazard_id=hazard.id, reason=reason, proposed_by=by, proposed_at=uow.now)
    uow.session.add(record)
    uow.session.flush()
    publish(uow, "exposure.proposed", hazard.number, {"exposure": record.id, "reason": reason})
    begun = {"hazard": facts_of(uow.session, hazard), "exposure": {"id": record.id, "reason": reason}}
    start(uow, PROCESS, begun, business_key=hazard.number, by=by)
    return record
