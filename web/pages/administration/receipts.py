"""Read receipts: who was told of which late step in the application, when they read it and what they took care of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import Response as FlaskResponse
from flask import render_template, request
from flask_babel import gettext

from web.pages.administration import reading
from web.pages.administration.blueprint import READS_THE_RECORD, pages, require
from web.pages.administration.spreadsheet import as_spreadsheet
from web.paging import position
from web.security.identity import signed_in
from web.wiring import runtime, settings
from web.words import in_words
from workflows.audit import AuditKind, record
from workflows.escalation.receipts import Asked, ReceiptState, all_receipts, receipts

FILTERS = ("account", "hazard", "state")
MOST_EXPORTED = 100_000


@pages.get("/receipts")
def read_receipts() -> str:
    require(READS_THE_RECORD)
    after = position("receipts", request.args.get("after"))
    size = settings().page_size
    with runtime().reading() as uow:
        found = receipts(uow.session, _asked(), before=after[0] if after else None, limit=size + 1)
        listed = found[:size]
        following = [listed[-1].id] if len(found) > size else None
        return render_template(
            "administration/receipts.html",
            listed=listed,
            asked=_asked(),
            states=[(state.value, in_words(state)) for state in ReceiptState],
            next=reading.next_page("administration.read_receipts", FILTERS, "receipts", following),
            export=reading.address("administration.export_receipts", FILTERS),
        )


@pages.get("/receipts.csv")
def export_receipts() -> FlaskResponse:
    """At most MOST_EXPORTED, written as they are read; that it was exported is itself put on record first."""
    require(READS_THE_RECORD)
    asked = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    with runtime().unit_of_work() as uow:
        record(uow, AuditKind.EXPORTED, by=signed_in().account, object_key="receipts", after=asked)
    return as_spreadsheet("receipts.csv", _rows(_asked()))


def _asked() -> Asked:
    return Asked(reading.text("account"), reading.text("hazard"), reading.member(ReceiptState, "state"))


def _rows(asked: Asked) -> Iterator[list[str]]:
    yield [gettext("Time"), gettext("Account"), gettext("Name of the person"), gettext("Hazard"), gettext("Task"),
           gettext("Step"), gettext("Way"), gettext("Delivered"), gettext("Read"),
           gettext("Takes care since")]  # fmt: skip
    with runtime().reading() as uow:
        for each in all_receipts(uow.session, asked, most=MOST_EXPORTED):
            way = gettext("daily digest") if each.by_digest else gettext("single notice")
            moments = (each.delivered_at, each.read_at, each.acknowledged_at)
            yield [_local(each.written_at), each.account, each.name or "", each.hazard, each.task,
                   in_words(each.step), way, *map(_local, moments)]  # fmt: skip


def _local(moment: datetime | None) -> str:
    return moment.astimezone(settings().calendar.zone).isoformat(" ", "seconds") if moment else ""
