"""The plan of a rectification, and the time limit that it sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.calendar import WorkingCalendar
from workflows.errors import InvalidRecord
from workflows.hazards.evidence import add_evidence, note_progress
from workflows.hazards.models import Hazard, TimeLimit
from workflows.hazards.words import EvidenceKind, Severity
from workflows.sentences import Sentence, sentence

NEEDED: Final = {
    Severity.GENERAL: ("responsible_name", "measures"),
    Severity.MAJOR: ("responsible_name", "measures", "funds_planned", "interim_controls"),
}
"""What a plan must say beside its time limit. For a major hazard these are the five in place (五落实): duty, measures,
money, time limit, emergency plan. Source: the field notes, section 3."""

WRITTEN: Final = (
    "measures",
    "responsible_name",
    "responsible_post",
    "responsible_phone",
    "requirements",
    "steps",
    "interim_controls",
    "funds_planned",
    "funds_in_place",
)
"""What a plan writes on the hazard's row; where it leaves something out, what the ledger says stands."""

EMPTY: Final = (None, "")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A rectification as its unit means to do it; money in 万元, `due_on` is the last day for it."""

    measures: str
    due_on: date
    responsible_name: str
    completed_by: str
    responsible_post: str = ""
    responsible_phone: str = ""
    requirements: str = ""
    steps: str = ""
    interim_controls: str = ""
    funds_planned: Decimal | None = None
    funds_in_place: Decimal | None = None
    documents: list[str] = field(default_factory=list[str])


def record_plan(uow: UnitOfWork, hazard: Hazard, plan: Plan, calendar: WorkingCalendar) -> None:
    """Put a plan on the hazard's row, and its time limit too unless one is in force.

    A plan cannot move a time limit that is in force: only an extension can. When that limit has passed before there is
    a plan, the plan says when the late hazard will be right, and it stays late. Raises InvalidRecord by field.
    """
    due_at = calendar.at(plan.due_on, calendar.close_of_day)
    if errors := dict(_errors(uow, hazard, plan, due_at)):
        raise InvalidRecord(errors)
    for name in WRITTEN:
        if getattr(plan, name) not in EMPTY:
            setattr(hazard, name, getattr(plan, name))
    hazard.planned_at = uow.now
    if not limit_in_force(hazard):
        set_time_limit(uow, hazard, due_at, reason="整改方案", by=plan.completed_by)
    add_evidence(uow, hazard, EvidenceKind.DOCUMENT, plan.documents, by=plan.completed_by)
    note_progress(uow, hazard, f"制定整改方案：{plan.measures}", by=plan.completed_by)
    publish(uow, "hazard.planned", hazard.number, {"hazard": hazard.number, "due_on": plan.due_on.isoformat()})


def set_time_limit(uow: UnitOfWork, hazard: Hazard, due_at: datetime, *, reason: str, by: str) -> None:
    """Bring a time limit into force; the first one stays on record as the original."""
    hazard.due_at = due_at
    hazard.original_due_at = hazard.original_due_at or due_at
    limit = TimeLimit(hazard_id=hazard.id, due_at=due_at, reason=reason, decided_at=uow.now, decided_by=by)
    uow.session.add(limit)


def limit_in_force(hazard: Hazard) -> bool:
    """Whether the hazard has a time limit of this campaign; one that had passed at registration is an earlier one's."""
    return hazard.due_at is not None and hazard.due_at > hazard.created_at


def _errors(uow: UnitOfWork, hazard: Hazard, plan: Plan, due_at: datetime) -> Iterator[tuple[str, Sentence]]:
    for name in NEEDED[hazard.severity]:
        if getattr(plan, name) in EMPTY:
            yield name, sentence("a plan for this grade of hazard needs it: %(severity)s", severity=hazard.severity)
    if due_at <= uow.now:
        yield "due_on", sentence("the time limit lies in the past")
    if limit_in_force(hazard) and hazard.due_at is not None and uow.now < hazard.due_at < due_at:
        yield "due_on", sentence("the time limit is %(limit)s; only an extension moves it", limit=hazard.due_at)
