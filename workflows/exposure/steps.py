"""The steps of an exposure: a draft without personal data, the decision, and the withdrawal of what was published."""

from __future__ import annotations

from dataclasses import dataclass

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.errors import InvalidRecord
from workflows.exposure.models import Exposure, ExposureStatus, move
from workflows.exposure.redaction import personal_data_in
from workflows.geography.regions import codes_of
from workflows.hazards.models import Hazard
from workflows.sentences import sentence


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the committee's office submits in the form `exposure_draft`; older forms had no `headline`."""

    completed_by: str
    public_text: str
    media: str
    headline: str = ""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the committee's leader submits in the form `exposure_decision`."""

    completed_by: str
    opinion: str = ""


def keep_draft(uow: UnitOfWork, record: Exposure, draft: Draft) -> list[str]:
    """Keep a draft that gives nobody's data away; of any other, say what is in it, and keep nothing."""
    found = personal_data_in(f"{draft.headline}\n{draft.public_text}", _hazard(uow, record))
    if not found:
        record.headline, record.public_text, record.media = draft.headline, draft.public_text, draft.media
        record.drafted_by, record.drafted_at = draft.completed_by, uow.now
    return [str(each) for each in found]


def make_public(uow: UnitOfWork, record: Exposure, decision: Decision) -> None:
    """Make the hazard public with the approved text, which the event carries. Raises WrongStage."""
    move(record, ExposureStatus.PUBLISHED)
    record.opinion, record.decided_by, record.decided_at = decision.opinion, decision.completed_by, uow.now
    record.published_at = uow.now
    hazard = _hazard(uow, record)
    record.city_code, record.sector = codes_of(hazard.region_path)[:2][-1], hazard.sector
    hazard.exposed = True
    facts = {"exposure": record.id, "public_text": record.public_text, "media": record.media}
    publish(uow, "exposure.published", hazard.number, facts)


def decline(uow: UnitOfWork, record: Exposure, decision: Decision) -> None:
    """Leave the hazard unexposed. Raises WrongStage."""
    move(record, ExposureStatus.DECLINED)
    record.opinion, record.decided_by, record.decided_at = decision.opinion, decision.completed_by, uow.now
    facts = {"exposure": record.id, "opinion": decision.opinion}
    publish(uow, "exposure.declined", _hazard(uow, record).number, facts)


def withdraw(uow: UnitOfWork, record: Exposure, *, reason: str, by: str) -> None:
    """Take a published case back; its address says from now on that it is gone, and the record stays.

    Raises InvalidRecord without a reason, WrongStage for a case that is not public.
    """
    if not reason.strip():
        raise InvalidRecord({"reason": sentence("it must not be empty")})
    move(record, ExposureStatus.WITHDRAWN)
    record.withdrawal_reason, record.withdrawn_by, record.withdrawn_at = reason, by, uow.now
    hazard = _hazard(uow, record)
    hazard.exposed = False
    publish(uow, "exposure.withdrawn", hazard.number, {"exposure": record.id, "reason": reason})


def _hazard(uow: UnitOfWork, record: Exposure) -> Hazard:
    return uow.session.get_one(Hazard, record.hazard_id)
