"""What a form of the self-check begins with: what the ledger, an earlier plan and earlier proof say already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.storage.models import UserTask
from workflows.calendar import BEIJING_TIME
from workflows.hazards.facts import hazard_by_number
from workflows.hazards.models import Evidence, Hazard
from workflows.hazards.planning import WRITTEN, limit_in_force
from workflows.hazards.words import EvidenceKind

PROCESS: Final = "self_check"
PLANNING: Final = frozenset({"make_plan", "make_major_plan"})
RECTIFYING: Final = "rectify"
MOST_PHOTOS: Final = 20


def first_answers(session: Session, task: UserTask) -> Mapping[str, Any]:
    """What to put into the controls of a task's form at first, by key; nothing is sent that the person does not send.

    What only the person knows, such as the day of completion, is never filled in for them.
    """
    if task.process_id != PROCESS:
        return {}
    hazard = hazard_by_number(session, task.business_key)
    if hazard is None:
        return {}
    if task.element_id in PLANNING:
        return dict(_plan(hazard))
    return dict(_rectification(session, hazard)) if task.element_id == RECTIFYING else {}


def _plan(hazard: Hazard) -> Iterator[tuple[str, Any]]:
    for name in WRITTEN:
        value = getattr(hazard, name)
        if value not in (None, ""):
            yield name, _plain(value)
    if limit_in_force(hazard) and hazard.due_at is not None:
        yield "due_on", hazard.due_at.astimezone(BEIJING_TIME).date().isoformat()


def _rectification(session: Session, hazard: Hazard) -> Iterator[tuple[str, Any]]:
    if hazard.funds_spent is not None:
        yield "funds_spent", _plain(hazard.funds_spent)
    earlier = (
        select(Evidence.reference)
        .where(Evidence.hazard_id == hazard.id, Evidence.kind == EvidenceKind.BEFORE)
        .order_by(Evidence.id)
        .limit(MOST_PHOTOS)
    )
    if before := list(dict.fromkeys(session.scalars(earlier))):
        yield "before_photos", before


def _plain(value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == int(value) else float(value)
