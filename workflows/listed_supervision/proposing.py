"""Proposes that a hazard be listed, and finds the committee at whose level that is."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy.orm import Session

from engine.events import publish
from engine.instances import start
from engine.runtime import UnitOfWork
from workflows.errors import InvalidRecord, WrongStage
from workflows.geography.divisions import RegionLevel
from workflows.geography.regions import region
from workflows.hazards.facts import facts_of
from workflows.hazards.guard import FINAL
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity, Stage
from workflows.listed_supervision.models import Supervision, supervision_under_way
from workflows.organisations.models import Organisation
from workflows.organisations.tree import committee_for, organisation
from workflows.records import Record
from workflows.sentences import sentence

PROCESS: Final = "listed_supervision"


def propose_listing(uow: UnitOfWork, hazard: Hazard, *, reason: str, by: str) -> Supervision:
    """Propose a hazard for listed supervision; starts the process in which the committee's leader decides.

    A hazard that is proposed or listed already is not proposed twice: the present supervision is returned. Raises
    InvalidRecord without a reason, WrongStage for a hazard that is closed or void.
    """
    present = supervision_under_way(uow.session, hazard.id)
    if present is not None:
        return present
    _refuse_ended(hazard)
    if not reason.strip():
        raise InvalidRecord({"reason": sentence("it must not be empty")})
    committee = listing_committee(uow.session, hazard)
    record = Supervision(
        hazard_id=hazard.id,
        committee_id=committee.id,
        level=region(uow.session, committee.region_code).level,
        reason=reason,
        proposed_by=by,
        proposed_at=uow.now,
    )
    uow.session.add(record)
    uow.session.flush()
    publish(uow, "supervision.proposed", hazard.number, {"supervision": record.id, "reason": reason})
    start(uow, PROCESS, _variables(uow.session, hazard, record), business_key=hazard.number, by=by)
    return record


def listing_committee(session: Session, hazard: Hazard) -> Organisation:
    """The committee that lists a hazard: the city's for a major one, the county's for a general one.

    Levels follow the grade, as in Hubei's rule of 2010 (鄂安〔2010〕20号); the text of Henan's own rule was not found.
    """
    if hazard.severity is Severity.MAJOR:
        return committee_for(session, hazard.region_code, RegionLevel.CITY)
    return organisation(session, hazard.committee_id)


def _refuse_ended(hazard: Hazard) -> None:
    if hazard.stage in FINAL:
        open_stages = [stage for stage in Stage if stage not in FINAL]
        raise WrongStage(Record.HAZARD, hazard.number, expected=open_stages, actual=hazard.stage)


def _variables(session: Session, hazard: Hazard, record: Supervision) -> dict[str, Any]:
    return {
        "hazard": facts_of(session, hazard),
        "supervision": {
            "id": record.id,
            "committee": record.committee_id,
            "reason": record.reason,
            "proposed_by": record.proposed_by,
        },
    }
