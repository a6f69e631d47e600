"""Reads a chronicle page by page, the newest first: each kind of record from its own index, then merged.

A page costs the same however long the chronicle is: no source is read further than a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from engine.history import HistoryKind
from engine.storage.models import HistoryEvent, Instance
from workflows.chronicle.entries import Entry, Place, Record, Source, Topic
from workflows.chronicle.spreading import Spread
from workflows.comments import Comment
from workflows.escalation.models import Acknowledgement, Escalation
from workflows.hazards.models import Hazard, StageChange, Verification
from workflows.similar_check import SimilarCheck
from workflows.similar_check.spreading import PROCESS as SIMILAR_CHECK

DECIDED: Final = (
    HistoryKind.INSTANCE_STARTED,
    HistoryKind.INSTANCE_CANCELLED,
    HistoryKind.INSTANCE_SUSPENDED,
    HistoryKind.INSTANCE_RESUMED,
    HistoryKind.TASK_COMPLETED,
    HistoryKind.TASK_RESCHEDULED,
    HistoryKind.TOKEN_MOVED,
)
"""What people decided, of all that an instance remembers."""

TOLD: Final = (
    *DECIDED,
    HistoryKind.INSTANCE_COMPLETED,
    HistoryKind.TASK_CLAIMED,
    HistoryKind.TASK_UNCLAIMED,
    HistoryKind.TASK_DELEGATED,
    HistoryKind.TASK_REASSIGNED,
    HistoryKind.TASK_CANCELLED,
    HistoryKind.TIMER_FIRED,
    HistoryKind.INCIDENT_RAISED,
    HistoryKind.INCIDENT_RESOLVED,
)
"""What is worth telling; the other events only say how the diagram was gone through, which the drawn path shows."""

Found = Iterable[tuple[Place, Record]]
Read = Callable[[Session, Hazard, Topic, Place | None, int], Found]


@dataclass(frozen=True)
class Chronicle:
    """Some entries, the newest first, and where to go on (None at the end)."""

    entries: Sequence[Entry]
    next: Place | None


def read_chronicle(
    session: Session, hazard: Hazard, topic: Topic = Topic.ALL, *, after: Place | None = None, limit: int = 40
) -> Chronicle:
    """A page of a hazard's chronicle: what comes after a place, down to the hazard's registration."""
    found = [
        Entry(place, record)
        for source in SOURCES[topic]
        for place, record in READS[source](session, hazard, topic, after, limit + 1)
    ]
    found.sort(key=lambda entry: (-entry.place.at.timestamp(), entry.place.source, -entry.place.id))
    page = found[:limit]
    return Chronicle(page, page[-1].place if len(found) > limit else None)


def _comments(session: Session, hazard: Hazard, _topic: Topic, after: Place | None, limit: int) -> Found:
    wanted = select(Comment).where(Comment.hazard_id == hazard.id)
    for row in session.scalars(_page(wanted, Source.COMMENT, Comment.at, Comment.id, after, limit)):
        yield Place(row.at, Source.COMMENT, row.id), row


def _stage_changes(session: Session, hazard: Hazard, _topic: Topic, after: Place | None, limit: int) -> Found:
    wanted = select(StageChange).where(StageChange.hazard_id == hazard.id)
    for row in session.scalars(_page(wanted, Source.STAGE_CHANGE, StageChange.at, StageChange.id, after, limit)):
        yield Place(row.at, Source.STAGE_CHANGE, row.id), row


def _verifications(session: Session, hazard: Hazard, _topic: Topic, after: Place | None, limit: int) -> Found:
    wanted = select(Verification).where(Verification.hazard_id == hazard.id)
    for row in session.scalars(_page(wanted, Source.VERIFICATION, Verification.at, Verification.id, after, limit)):
        yield Place(row.at, Source.VERIFICATION, row.id), row


def _escalations(session: Session, hazard: Hazard, _topic: Topic, after: Place | None, limit: int) -> Found:
    wanted = select(Escalation).where(Escalation.hazard_id == hazard.id)
    for row in session.scalars(_page(wanted, Source.ESCALATION, Escalation.at, Escalation.id, after, limit)):
        yield Place(row.at, Source.ESCALATION, row.id), row


def _acknowledgements(session: Session, hazard: Hazard, _topic: Topic, after: Place | None, limit: int) -> Found:
    wanted = select(Acknowledgement).where(Acknowledgement.hazard_id == hazard.id)
    source, moment = Source.ACKNOWLEDGEMENT, Acknowledgement.at
    for row in session.scalars(_page(wanted, source, moment, Acknowledgement.id, after, limit)):
        yield Place(row.at, source, row.id), row


def _spreads(session: Session, hazard: Hazard, _topic: Topic, after: Place | None, limit: int) -> Found:
    asked = SimilarCheck.hazard_id == hazard.id
    together = (SimilarCheck.asked_at, SimilarCheck.asked_by, SimilarCheck.reason)
    groups = select(func.max(SimilarCheck.id).label("id"), *together, func.count().label("units")).where(asked)
    group = groups.group_by(*together).subquery()
    wanted = _page(select(group), Source.SPREAD, group.c.asked_at, group.c.id, after, limit)
    for row in session.execute(wanted):
        spread = Spread(row.id, row.asked_at, row.asked_by, row.reason, row.units)
        yield Place(spread.at, Source.SPREAD, spread.id), spread


def _similar_answers(session: Session, hazard: Hazard, _topic: Topic, after: Place | None, limit: int) -> Found:
    answered = select(SimilarCheck).where(SimilarCheck.hazard_id == hazard.id, SimilarCheck.answered_at.is_not(None))
    moment = SimilarCheck.answered_at
    for row in session.scalars(_page(answered, Source.SIMILAR_ANSWER, moment, SimilarCheck.id, after, limit)):
        if row.answered_at is not None:
            yield Place(row.answered_at, Source.SIMILAR_ANSWER, row.id), row


def _history(session: Session, hazard: Hazard, topic: Topic, after: Place | None, limit: int) -> Found:
    """What the hazard's own processes remember; its similar checks are told by their records, its reminders by the
    escalations."""
    own = select(Instance.id).where(Instance.business_key == hazard.number, Instance.process_id != SIMILAR_CHECK)
    kinds = DECIDED if topic is Topic.DECISIONS else TOLD
    is_reminder = and_(
        HistoryEvent.kind == HistoryKind.TIMER_FIRED.value,
        exists().where(Escalation.hazard_id == hazard.id, Escalation.at == HistoryEvent.at),
    )
    wanted = select(HistoryEvent).where(
        HistoryEvent.instance_id.in_(own), HistoryEvent.kind.in_([kind.value for kind in kinds]), ~is_reminder
    )
    for row in session.scalars(_page(wanted, Source.HISTORY, HistoryEvent.at, HistoryEvent.id, after, limit)):
        yield Place(row.at, Source.HISTORY, row.id), row


READS: Final[Mapping[Source, Read]] = {
    Source.COMMENT: _comments,
    Source.STAGE_CHANGE: _stage_changes,
    Source.VERIFICATION: _verifications,
    Source.SPREAD: _spreads,
    Source.SIMILAR_ANSWER: _similar_answers,
    Source.HISTORY: _history,
    Source.ESCALATION: _escalations,
    Source.ACKNOWLEDGEMENT: _acknowledgements,
}
SOURCES: Final[Mapping[Topic, Sequence[Source]]] = {
    Topic.ALL: tuple(Source),
    Topic.DECISIONS: tuple(source for source in Source if source not in (Source.ESCALATION, Source.COMMENT)),
    Topic.REMINDERS: (Source.ESCALATION, Source.ACKNOWLEDGEMENT),
    Topic.COMMENTS: (Source.COMMENT,),
}


def _page(wanted: Select[Any], source: Source, at: Any, identity: Any, after: Place | None, limit: int) -> Select[Any]:
    """The rows of one source that come after a place, the newest first."""
    if after is not None:
        wanted = wanted.where(_is_after(after, source, at, identity))
    return wanted.order_by(at.desc(), identity.desc()).limit(limit)


def _is_after(place: Place, source: Source, at: Any, identity: Any) -> ColumnElement[bool]:
    if source > place.source:
        return at <= place.at
    if source < place.source:
        return at < place.at
    return or_(at < place.at, and_(at == place.at, identity < place.id))
