"""The search of what is on record, and its export as a file for a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext
from sqlalchemy.orm import Session

from engine.history import HistoryKind
from engine.storage.models import DEEDS
from web.pages.administration import reading
from web.pages.administration.blueprint import READS_THE_RECORD, pages, require
from web.pages.administration.spreadsheet import as_spreadsheet
from web.pages.names import names_of
from web.paging import position
from web.security.identity import signed_in
from web.wiring import runtime, settings
from web.words import in_words
from workflows.audit import AuditKind, record
from workflows.audit.searching import Entry, Position, Question, Source, everything, search
from workflows.organisations.models import Organisation
from workflows.organisations.sign_ins import SignInOutcome

MOST_EXPORTED = 100_000
OBJECTS = ("organisation-", "campaign-", "calendar-", "export-", "import-", "release-", "audit")
"""How the keys of what administration changes begin; an account is asked for as a person, all else is a number."""
KINDS: Mapping[Source, type[StrEnum]] = {
    Source.WORK: HistoryKind,
    Source.ADMINISTRATION: AuditKind,
    Source.SIGN_IN: SignInOutcome,
}
FILTERS = ("source", "person", "object", "organisation", "kind", "from", "to")


@pages.get("/audit")
def audit() -> str:
    require(READS_THE_RECORD)
    with runtime().reading() as uow:
        asked = _question()
        found = search(uow.session, asked, after=_after(), limit=settings().page_size)
        return render_template(
            "administration/audit.html",
            listed=found.entries,
            names=names_of(uow, _accounts(found.entries)),
            asked=asked,
            at=_organisation(uow.session, asked),
            sources=list(Source),
            kinds=_kinds(asked.source),
            word=word_for,
            changes=changes_of,
            next=reading.next_page("administration.audit", FILTERS, "audit", _next(found.next)),
            export=reading.address("administration.export_audit", FILTERS),
            most=MOST_EXPORTED,
        )


@pages.get("/audit.csv")
def export_audit() -> Response:
    """At most MOST_EXPORTED entries, written as they are read; that it was exported is itself put on record first."""
    require(READS_THE_RECORD)
    asked = _question()
    with runtime().unit_of_work() as uow:
        wanted = {name: request.args[name] for name in FILTERS if request.args.get(name)}
        record(uow, AuditKind.EXPORTED, by=signed_in().account, object_key="audit", after=wanted)
        named = f"audit-{settings().calendar.local_date(uow.now).isoformat()}.csv"
    return as_spreadsheet(named, _rows(asked))


def word_for(entry: Entry) -> str:
    """What was done, in words."""
    kind = KINDS[entry.source]
    return in_words(kind(entry.kind)) if entry.kind in list(kind) else entry.kind


def changes_of(entry: Entry) -> list[tuple[str, Any, Any]]:
    """What was changed, each as field, before and after."""
    before, after = entry.facts.get("before") or {}, entry.facts.get("after") or {}
    return [(name, _plain(before.get(name)), _plain(after.get(name))) for name in dict.fromkeys([*before, *after])]


def _accounts(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        yield entry.actor
        yield str(entry.facts.get("on_behalf_of") or "")


def _plain(value: Any) -> str:
    if value is None or value == "":
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _rows(asked: Question) -> Iterator[list[str]]:
    yield [gettext("Time"), gettext("Register"), gettext("Person"), gettext("What was done"), gettext("Concerning"),
           gettext("Number"), gettext("Reason"), gettext("Particulars")]  # fmt: skip
    zone = settings().calendar.zone
    with runtime().reading() as uow:
        for entry in everything(uow.session, asked, most=MOST_EXPORTED):
            particulars = json.dumps(dict(entry.facts), ensure_ascii=False, default=str)
            at = entry.at.astimezone(zone).isoformat(sep=" ", timespec="seconds")
            yield [at, in_words(entry.source), entry.actor, word_for(entry), entry.about, entry.number, entry.reason,
                   particulars]  # fmt: skip


def _question() -> Question:
    written = reading.text("object")
    is_key = written.startswith(OBJECTS)
    last = reading.day("to")
    return Question(
        source=reading.member(Source, "source"),
        account=reading.text("person"),
        number="" if is_key else written,
        object_key=written if is_key else "",
        organisation_id=reading.number("organisation"),
        kind=reading.text("kind"),
        start=_begin(reading.day("from")),
        end=_begin(last + timedelta(days=1)) if last else None,
    )


def _begin(day: Any) -> datetime | None:
    return settings().calendar.at(day, time()) if day else None


def _kinds(source: Source | None) -> list[tuple[str, str]]:
    """What can be asked for of a register; of the work only what people do."""
    if source is None:
        return []
    members = [each for each in KINDS[source] if source is not Source.WORK or each.value in DEEDS]
    return [(each.value, in_words(each)) for each in members]


def _organisation(session: Session, asked: Question) -> Organisation | None:
    return session.get(Organisation, asked.organisation_id) if asked.organisation_id is not None else None


def _after() -> Position | None:
    found = position("audit", request.args.get("after"))
    return Position(datetime.fromisoformat(found[0]), found[1], found[2]) if found else None


def _next(after: Position | None) -> list[Any] | None:
    return [after.at.isoformat(), after.source, after.id] if after is not None else None
