"""Opens a case against the unit of a hazard, for a process or for a person."""

from __future__ import annotations

from typing import Final

from engine.events import publish
from engine.instances import start
from engine.runtime import UnitOfWork
from workflows.enforcement.models import EnforcementCase, undecided_case
from workflows.errors import InvalidRecord
from workflows.hazards.facts import facts_of
from workflows.hazards.models import Hazard
from workflows.sentences import sentence

PROCESS: Final = "enforcement"


def open_case(uow: UnitOfWork, hazard: Hazard, *, reason: str, by: str) -> EnforcementCase:
    """Open a case; starts `enforcement` with the department that answers for the hazard.

    While a case about the hazard is undecided, that one is returned. Raises InvalidRecord without a reason.
    """
    present = undecided_case(uow.session, hazard.id)
    if present is not None:
        return present
    if not reason.strip():
        raise InvalidRecord({"reason": sentence("it must not be empty")})
    case = EnforcementCase(
        hazard_id=hazard.id,
        unit_id=hazard.unit_id,
        unit_name=hazard.unit_name,
        department_id=hazard.department_id,
        reason=reason,
        opened_by=by,
        opened_at=uow.now,
    )
    uow.session.add(case)
    uow.session.flush()
    publish(uow, "enforcement.opened", hazard.number, {"case": case.id, "reason": reason})
    begun = {"hazard": facts_of(uow.session, hazard), "case": {"id": case.id, "reason": reason}}
    start(uow, PROCESS, begun, business_key=hazard.number, by=by)
    return case
