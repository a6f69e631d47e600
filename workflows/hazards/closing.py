"""The ends of a hazard: closure (销号) when everything that must be on record is, and voiding with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from engine import instances
from engine.events import publish
from engine.runtime import UnitOfWork
from engine.storage.models import Instance, InstanceStatus
from workflows import numbers
from workflows.errors import InvalidRecord, Refused
from workflows.hazards.evidence import has_evidence, note_progress
from workflows.hazards.models import Hazard, Verification
from workflows.hazards.stages import ensure_can_move, move
from workflows.hazards.words import EvidenceKind, Stage
from workflows.sentences import Sentence, sentence

OPEN = (InstanceStatus.RUNNING, InstanceStatus.SUSPENDED)


def close(uow: UnitOfWork, hazard: Hazard, *, opinion: str, by: str) -> None:
    """Strike a hazard from the ledger; its row never changes again.

    Raises InvalidRecord, which undoes the approval and tells the approver, without a photo of the rectified state or a
    passed verification; and WrongStage outside closure.
    """
    if missing := list(_missing(uow, hazard)):
        refusal = sentence("it cannot be closed without %(missing)s; return it", missing=missing)
        raise InvalidRecord({"decision": refusal})
    ensure_can_move(hazard, Stage.CLOSED)
    hazard.closed_at, hazard.closed_by = uow.now, by
    note_progress(uow, hazard, f"销号：{opinion}" if opinion else "销号", by=by)
    move(uow, hazard, Stage.CLOSED, by=by, reason=opinion)
    publish(uow, "hazard.closed", hazard.number, {"hazard": hazard.number, "by": by})


def void(uow: UnitOfWork, hazard: Hazard, *, reason: str, by: str) -> None:
    """Take a hazard off the ledger that should not have been there; its row, number and history stay.

    All its processes are cancelled. Raises Refused without a reason, WrongStage when it is closed or voided already.
    """
    if not reason.strip():
        raise Refused(sentence("a hazard is voided with a reason; give one"))
    ensure_can_move(hazard, Stage.VOIDED)
    for instance_id in uow.session.scalars(
        select(Instance.id).where(Instance.business_key == hazard.number, Instance.status.in_(OPEN))
    ).all():
        instances.cancel(uow, instance_id, reason=reason, by=by)
    note_progress(uow, hazard, f"作废：{reason}", by=by)
    move(uow, hazard, Stage.VOIDED, by=by, reason=reason)
    numbers.void(uow, hazard.number, reason=reason, by=by)
    publish(uow, "hazard.voided", hazard.number, {"hazard": hazard.number, "reason": reason, "by": by})


def _missing(uow: UnitOfWork, hazard: Hazard) -> Iterator[Sentence]:
    """Source: the rules worth enforcing in the field notes, section 3."""
    if not has_evidence(uow, hazard, EvidenceKind.AFTER):
        yield sentence("a photo of the rectified state")
    verified = select(Verification.passed).where(Verification.hazard_id == hazard.id)
    if not uow.session.scalar(verified.order_by(Verification.id.desc()).limit(1)):
        yield sentence("a last re-check that it passed")
