"""The steps of an exposure: a draft without personal data, then the decision."""

from __future__ import annotations

from dataclasses import dataclass

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.exposure.models import Exposure, ExposureStatus, decide
from workflows.exposure.redaction import personal_data_in
from workflows.hazards.models import Hazard


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the committee's office submits in the form `exposure_draft`."""

    completed_by: str
    public_text: str
    media: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the committee's leader submits in the form `exposure_decision`."""

    completed_by: str
    opinion: str = ""


def keep_draft(uow: UnitOfWork, record: Exposure, draft: Draft) -> list[str]:
    """Keep a draft that gives nobody's data away; of any other, say what is in it, and keep nothing."""
    found = personal_data_in(draft.public_text, _hazard(uow, record))
    if not found:
        record.public_text, record.media = draft.public_text, draft.media
        record.drafted_by, record.drafted_at = draft.completed_by, uow.now
    return found


def make_public(uow: UnitOfWork, record: Exposure, decision: Decision) -> None:
    """Make the hazard public with the approved text, which the event carries. Raises WrongStage."""
    decide(record, ExposureStatus.PUBLISHED)
    record.opinion, record.decided_by, record.decided_at = decision.opinion, decision.completed_by, uow.now
    record.published_at = uow.now
    hazard = _hazard(uow, record)
    hazard.exposed = True
    facts = {"exposure": record.id, "public_text": record.public_text, "media": record.media}
    publish(uow, "exposure.published", hazard.number, facts)


def decline(uow: UnitOfWork, record: Exposure, decision: Decision) -> None:
    """Leave the hazard unexposed. Raises WrongStage."""
    decide(record, ExposureStatus.DECLINED)
    record.opinion, record.decided_by, record.decided_at = decision.opinion, decision.completed_by, uow.now
    facts = {"exposure": record.id, "opinion": decision.opinion}
    publish(uow, "exposure.declined", _hazard(uow, record).number, facts)


def _hazard(uow: UnitOfWork, record: Exposure) -> Hazard:
    return uow.session.get_one(Hazard, record.hazard_id)
