"""What the unit reports: that it knows of the hazard, that it has put it right, and with what proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.calendar import WorkingCalendar
from workflows.errors import InvalidRecord
from workflows.hazards.evidence import add_evidence, note_progress
from workflows.hazards.models import Hazard
from workflows.hazards.words import EvidenceKind, Severity
from workflows.labels import LabelledEnum
from workflows.sentences import Sentence, sentence


class Finding(LabelledEnum):
    """What the unit finds when it confirms a hazard."""

    TO_RECTIFY = "to_rectify", "需要整改"
    FIXED_ON_THE_SPOT = "fixed_on_the_spot", "已立查立改"
    RECTIFIED = "rectified", "此前已整改"


@dataclass(frozen=True, kw_only=True)
class Rectification:
    """A rectification as the unit reports it; `funds_spent` in 万元."""

    done: str
    done_on: date | None
    completed_by: str
    funds_spent: Decimal | None = None
    before_photos: list[str] = field(default_factory=list[str])
    after_photos: list[str] = field(default_factory=list[str])
    documents: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, kw_only=True)
class Confirmation(Rectification):
    """The unit's word on receiving a hazard; unless it is still to be rectified, the report comes with it."""

    state: Finding


def confirm(uow: UnitOfWork, hazard: Hazard, confirmation: Confirmation, calendar: WorkingCalendar) -> None:
    """Note that the unit has received the hazard, and take its report when it is right already.

    Only a hazard that an earlier ledger claims to be done can have been rectified before, and only a general one can be
    fixed on the spot. Raises InvalidRecord by field.
    """
    if errors := dict(_contradictions(hazard, confirmation)):
        raise InvalidRecord(errors)
    hazard.confirmed_at = uow.now
    note_progress(uow, hazard, f"确认隐患：{confirmation.state.label}", by=confirmation.completed_by)
    if confirmation.state is Finding.TO_RECTIFY:
        _keep_proof(uow, hazard, confirmation)
    else:
        record_rectification(uow, hazard, confirmation, calendar)


def record_rectification(
    uow: UnitOfWork, hazard: Hazard, rectification: Rectification, calendar: WorkingCalendar
) -> None:
    """Put a reported rectification with its proof on the hazard's row. Raises InvalidRecord by field."""
    today = calendar.local_date(uow.now)
    if errors := dict(_gaps(rectification, today)):
        raise InvalidRecord(errors)
    done_on, by = rectification.done_on or today, rectification.completed_by
    rectified_at = min(uow.now, calendar.at(done_on, calendar.close_of_day))
    hazard.rectified_at = rectified_at
    hazard.funds_spent = rectification.funds_spent if rectification.funds_spent is not None else hazard.funds_spent
    _keep_proof(uow, hazard, rectification)
    note_progress(uow, hazard, f"整改完成（{done_on.isoformat()}）：{rectification.done}", by=by)
    facts = {"hazard": hazard.number, "rectified_at": rectified_at.isoformat()}
    publish(uow, "hazard.rectified", hazard.number, facts)


def _keep_proof(uow: UnitOfWork, hazard: Hazard, rectification: Rectification) -> None:
    by = rectification.completed_by
    add_evidence(uow, hazard, EvidenceKind.BEFORE, rectification.before_photos, by=by)
    add_evidence(uow, hazard, EvidenceKind.AFTER, rectification.after_photos, by=by)
    add_evidence(uow, hazard, EvidenceKind.DOCUMENT, rectification.documents, by=by)


def _contradictions(hazard: Hazard, confirmation: Confirmation) -> Iterator[tuple[str, Sentence]]:
    if confirmation.state is Finding.TO_RECTIFY and (confirmation.done_on or confirmation.after_photos):
        yield (
            "state",
            sentence("there is a day or a photo of the rectification; say that it was done, or leave them out"),
        )
    if confirmation.state is Finding.RECTIFIED and hazard.claimed_done_on is None:
        yield "state", sentence("no earlier ledger says that this hazard was put right; plan its rectification")
    if confirmation.state is Finding.FIXED_ON_THE_SPOT and hazard.severity is Severity.MAJOR:
        yield "state", sentence("a major hazard needs a plan; it cannot be fixed on the spot")


def _gaps(rectification: Rectification, today: date) -> Iterator[tuple[str, Sentence]]:
    for name in ("done", "done_on", "after_photos"):
        if not getattr(rectification, name):
            yield name, sentence("a rectification needs it as proof")
    if rectification.done_on is not None and rectification.done_on > today:
        yield "done_on", sentence("the day lies in the future")
