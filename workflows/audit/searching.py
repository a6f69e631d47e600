"""Finds who did what, over the engine's history, the audit records and the sign-ins, newest first and page by page.

Each source is read from an index of its own and no further than a page; a page costs the same however long the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, text, true, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.storage.models import DEEDS, IS_DEED, HistoryEvent, Instance
from workflows.audit.models import AuditKind, AuditRecord
from workflows.labels import LabelledEnum
from workflows.organisations.models import Person
from workflows.organisations.sign_ins import SignInOutcome, SignInRecord

MOST_PEOPLE = 300
"""Of an organisation with more people only the longest known are looked for; ask for one person then."""


class Source(LabelledEnum):
    """Where something is on record; also the order in which they stand at one and the same moment."""

    WORK = "work", "办理"
    ADMINISTRATION = "administration", "管理"
    SIGN_IN = "sign_in", "登录"


@dataclass(frozen=True)
class Question:
    """What is asked of the record; everything that is given must hold, and moments are from `start` until before `end`.

    `number` is a hazard's number or an instance's, `object_key` what administration changed (an account, a campaign, a
    day); `kind` is a member's value of HistoryKind, AuditKind or SignInOutcome.
    """

    source: Source | None = None
    account: str = ""
    number: str = ""
    object_key: str = ""
    organisation_id: int | None = None
    kind: str = ""
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """One thing on record: who, when, what kind, concerning what (`number` is a hazard's), and its particulars."""

    at: datetime
    source: Source
    id: int
    actor: str
    kind: str
    about: str
    number: str
    facts: Mapping[str, Any]
    reason: str = ""


@dataclass(frozen=True, order=True)
class Position:
    """A place in the record; the next page holds what came before it."""

    at: datetime
    source: int
    id: int


@dataclass(frozen=True)
class Found:
    """A page of the record, and where to go on (None at the end)."""

    entries: Sequence[Entry]
    next: Position | None


ORDER = tuple(Source)


def search(session: Session, asked: Question, *, after: Position | None = None, limit: int = 50) -> Found:
    """The newest entries that answer the question, after a position."""
    wanted = [read for source, read in READERS.items() if asked.source in (None, source)]
    streams = [read(session, asked, after, limit + 1) for read in wanted]
    entries = list(islice(merge(*streams, key=_position, reverse=True), limit + 1))
    more = len(entries) > limit
    return Found(entries[:limit], _position(entries[limit - 1]) if more else None)


def everything(session: Session, asked: Question, *, most: int, page: int = 500) -> Iterator[Entry]:
    """All entries that answer the question, newest first and no more than `most`, read page by page."""
    left, after = most, None
    while left > 0:
        found = search(session, asked, after=after, limit=min(page, left))
        yield from found.entries
        left -= len(found.entries)
        after = found.next
        if after is None:
            return


def _position(entry: Entry) -> Position:
    return Position(entry.at, -ORDER.index(entry.source), entry.id)


def _work(session: Session, asked: Question, after: Position | None, limit: int) -> list[Entry]:
    if asked.object_key or (asked.kind and asked.kind not in DEEDS and not asked.number):
        return []
    rows = _statement(HistoryEvent, asked, after, Source.WORK)
    if asked.number:
        rows = rows.where(HistoryEvent.instance_id.in_(_instances(asked.number)))
    else:
        rows = rows.where(text(IS_DEED))
    if asked.kind:
        rows = rows.where(HistoryEvent.kind == asked.kind)
    events = _newest(session, rows, HistoryEvent, _by_whom(session, HistoryEvent.actor, asked), limit)
    numbers = _numbers(session, events)
    return [
        Entry(
            event.at, Source.WORK, event.id, event.actor or "", event.kind, event.element_name or "",
            numbers.get(event.instance_id, ""), {"instance": event.instance_id, **event.data},
            str(event.data.get("reason") or ""),
        )
        for event in events
    ]  # fmt: skip


def _administration(session: Session, asked: Question, after: Position | None, limit: int) -> list[Entry]:
    if asked.number or (asked.kind and asked.kind not in list(AuditKind)):
        return []
    rows = _statement(AuditRecord, asked, after, Source.ADMINISTRATION)
    if asked.kind:
        rows = rows.where(AuditRecord.kind == AuditKind(asked.kind))
    if asked.object_key:
        rows = rows.where(AuditRecord.object_key == asked.object_key)
    if asked.organisation_id is not None:
        rows = rows.where(AuditRecord.organisation_id == asked.organisation_id)
    by_or_about = [AuditRecord.actor == asked.account, AuditRecord.object_key == asked.account] if asked.account else []
    return [
        Entry(
            row.at, Source.ADMINISTRATION, row.id, row.actor, row.kind.value, row.object_name, "",
            {"object": row.object_key, "before": row.before, "after": row.after}, row.reason,
        )
        for row in _newest(session, rows, AuditRecord, by_or_about, limit)
    ]  # fmt: skip


def _sign_ins(session: Session, asked: Question, after: Position | None, limit: int) -> list[Entry]:
    if asked.number or asked.object_key or (asked.kind and asked.kind not in list(SignInOutcome)):
        return []
    rows = _statement(SignInRecord, asked, after, Source.SIGN_IN)
    if asked.kind:
        rows = rows.where(SignInRecord.outcome == SignInOutcome(asked.kind))
    found = _newest(session, rows, SignInRecord, _by_whom(session, SignInRecord.account, asked), limit)
    return [
        Entry(row.at, Source.SIGN_IN, row.id, row.account, row.outcome.value, "", "", {"address": row.address})
        for row in found
    ]


Reader = Callable[[Session, Question, Position | None, int], list[Entry]]
READERS: Mapping[Source, Reader] = {
    Source.WORK: _work,
    Source.ADMINISTRATION: _administration,
    Source.SIGN_IN: _sign_ins,
}


def _statement(model: Any, asked: Question, after: Position | None, source: Source) -> Select[Any]:
    """Rows of one source within the asked time, after the position."""
    rows = select(model)
    if asked.start is not None:
        rows = rows.where(model.at >= asked.start)
    if asked.end is not None:
        rows = rows.where(model.at < asked.end)
    return rows.where(_before(model, after, source)) if after is not None else rows


def _before(model: Any, after: Position, source: Source) -> ColumnElement[bool]:
    rank = -ORDER.index(source)
    if rank == after.source:
        older_twin: ColumnElement[bool] = model.id < after.id
    else:
        older_twin = true() if rank < after.source else false()
    return and_(model.at <= after.at, or_(model.at < after.at, older_twin))


def _newest(
    session: Session, rows: Select[Any], model: Any, ways: Sequence[ColumnElement[bool]], limit: int
) -> list[Any]:
    """The newest rows that one of these conditions lets in, each read from its own index; without any, all rows."""
    newest = (model.at.desc(), model.id.desc())
    if len(ways) < 2:
        return list(session.scalars(rows.where(*ways).order_by(*newest).limit(limit)))
    each = [
        select(rows.with_only_columns(model.id, model.at).where(way).order_by(*newest).limit(limit).subquery())
        for way in ways
    ]
    best = union(*each).subquery()
    ids = select(best.c.id).order_by(best.c.at.desc(), best.c.id.desc()).limit(limit)
    return list(session.scalars(select(model).where(model.id.in_(ids)).order_by(*newest)))


def _by_whom(session: Session, person: InstrumentedAttribute[Any], asked: Question) -> list[ColumnElement[bool]]:
    """One condition for each account that is asked for: the one that is named, or the organisation's people."""
    if asked.account:
        return [person == asked.account]
    if asked.organisation_id is None:
        return []
    rows = select(Person.account).where(Person.organisation_id == asked.organisation_id).order_by(Person.id)
    return [person == account for account in session.scalars(rows.limit(MOST_PEOPLE))] or [false()]


def _instances(number: str) -> Select[Any]:
    """The instances of a hazard's number, or the one with this number of its own."""
    if number.isdigit():
        return select(Instance.id).where(or_(Instance.business_key == number, Instance.id == int(number)))
    return select(Instance.id).where(Instance.business_key == number)


def _numbers(session: Session, events: Sequence[HistoryEvent]) -> dict[int, str]:
    wanted = {event.instance_id for event in events}
    rows = select(Instance.id, Instance.business_key).where(Instance.id.in_(wanted))
    return dict(session.execute(rows).all())
