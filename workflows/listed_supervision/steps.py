"""The steps of a listed supervision, each written down with its event when the diagram comes to it."""

from __future__ import annotations

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.hazards.models import Hazard
from workflows.listed_supervision.models import Supervision, SupervisionNote, SupervisionStatus, move
from workflows.listed_supervision.submissions import Acceptance, Decision, Note, Publication, Receipt
from workflows.numbers import next_number
from workflows.organisations.tree import organisation
from workflows.papers import listing_notices


def issue_notice(uow: UnitOfWork, record: Supervision, decision: Decision) -> str:
    """List the hazard (挂牌): the notice gets its number, which is returned. Raises WrongStage."""
    move(record, SupervisionStatus.LISTED)
    committee = organisation(uow.session, record.committee_id)
    number = next_number(uow, listing_notices(committee)).text
    record.document = number
    record.opinion, record.decided_by, record.decided_at = decision.opinion, decision.completed_by, uow.now
    record.requirements, record.finish_by = decision.requirements, decision.finish_by
    hazard = _hazard(uow, record)
    hazard.listed = True
    hazard.documents = [*hazard.documents, number]
    _tell(uow, "supervision.listed", record, document=number)
    return number


def decline(uow: UnitOfWork, record: Supervision, decision: Decision) -> None:
    """Do not list the hazard. Raises WrongStage."""
    move(record, SupervisionStatus.DECLINED)
    record.opinion, record.decided_by, record.decided_at = decision.opinion, decision.completed_by, uow.now
    _tell(uow, "supervision.declined", record, opinion=decision.opinion)


def begin(
    uow: UnitOfWork, record: Supervision, receipt: Receipt, plan: Note, review: Receipt, publication: Publication
) -> None:
    """The notice was signed for, the plan handed in and accepted, and the listing made public."""
    record.signed_by, record.signed_at = receipt.completed_by, receipt.completed_at
    record.plan_accepted_by, record.plan_accepted_at = review.completed_by, review.completed_at
    record.published_in, record.published_at = publication.media, publication.completed_at
    _note(uow, record, "治理方案", plan.text, plan.completed_by)
    _tell(uow, "supervision.published", record, media=publication.media)


def note_progress(uow: UnitOfWork, record: Supervision, progress: Note) -> None:
    """Keep a progress return."""
    _note(uow, record, "治理进展", progress.text, progress.completed_by)
    _tell(uow, "supervision.progress_reported", record, by=progress.completed_by)


def delist(uow: UnitOfWork, record: Supervision, acceptance: Acceptance, decision: Decision) -> None:
    """Take the plate down (摘牌) after the acceptance on site. Raises WrongStage."""
    move(record, SupervisionStatus.DELISTED)
    record.accepted_by, record.accepted_at = acceptance.completed_by, acceptance.completed_at
    record.delisted_by, record.delisted_at = decision.completed_by, uow.now
    _note(uow, record, "现场验收", f"{acceptance.text}\n参加人员：{acceptance.people}", acceptance.completed_by)
    _hazard(uow, record).listed = False
    _tell(uow, "supervision.delisted", record, by=decision.completed_by)


def conclude(uow: UnitOfWork, record: Supervision, publication: Publication) -> None:
    """The public was told of the delisting."""
    record.delisting_published_in, record.delisting_published_at = publication.media, publication.completed_at
    _tell(uow, "supervision.delisting_published", record, media=publication.media)


def _hazard(uow: UnitOfWork, record: Supervision) -> Hazard:
    return uow.session.get_one(Hazard, record.hazard_id)


def _note(uow: UnitOfWork, record: Supervision, subject: str, text: str, by: str) -> None:
    uow.session.add(SupervisionNote(supervision_id=record.id, subject=subject, text=text, at=uow.now, by=by))


def _tell(uow: UnitOfWork, event: str, record: Supervision, **facts: str) -> None:
    publish(uow, event, _hazard(uow, record).number, {"supervision": record.id, **facts})
