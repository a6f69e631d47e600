"""Proof of delivery: what was sent to whom, when, by which way and with what answer; to search, export and repeat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.errors import ChannelRefused
from web.pages.administration import reading
from web.pages.administration.blueprint import KEEPS_CHANNELS, READS_THE_RECORD, pages, require
from web.pages.administration.channel_names import channel_kind
from web.pages.administration.spreadsheet import as_spreadsheet
from web.paging import position
from web.security.identity import signed_in
from web.wiring import post_office, runtime, settings
from workflows.audit import AuditKind, record

FILTERS = ("key", "kind", "channel", "status", "event", "from", "to")
STATUSES = ("pending", "delivered", "dead", "unwanted")
MOST_EXPORTED = 100_000


@pages.get("/deliveries")
def deliveries() -> str:
    require(READS_THE_RECORD)
    after = position("deliveries", request.args.get("after"))
    size = settings().page_size
    with runtime().reading() as uow:
        found = post_office().proofs(uow, _asked(), before=after[0] if after else None, limit=size + 1)
        listed = list(found[:size])
        return render_template(
            "administration/deliveries.html",
            listed=listed,
            asked=_asked(),
            kinds=post_office().kinds(),
            statuses=STATUSES,
            channels=[(it.id, it.description or str(channel_kind(it.kind))) for it in post_office().channels(uow)],
            next=reading.next_page(
                "administration.deliveries", FILTERS, "deliveries", [listed[-1].id] if len(found) > size else None
            ),
            export=reading.address("administration.export_deliveries", FILTERS),
            may_repeat=not signed_in().roles.isdisjoint(KEEPS_CHANNELS),
        )


@pages.post("/deliveries/again")
def send_again() -> Response:
    require(KEEPS_CHANNELS)
    chosen = [int(each) for each in request.form.getlist("delivery") if each.isdecimal()]
    try:
        with runtime().unit_of_work() as uow:
            again = post_office().send_again(uow, chosen)
            told = {"deliveries": chosen}
            record(uow, AuditKind.SENT_AGAIN, by=signed_in().account, object_key="deliveries", after=told)
    except ChannelRefused as refused:
        flash(str(refused), "error")
    else:
        flash(ngettext("%(num)s message is sent again.", "%(num)s messages are sent again.", again), "success")
    return redirect(url_for("administration.deliveries"))


@pages.post("/deliveries/again/many")
def send_many_again() -> Response:
    """Send everything again that was given up for a channel, or what it lost or missed in some days."""
    require(KEEPS_CHANNELS)
    channel, told = reading.number("channel") or 0, {name: reading.text(name) for name in ("from", "to")}
    try:
        with runtime().unit_of_work() as uow:
            again = _many_again(uow, channel)
            record(uow, AuditKind.SENT_AGAIN, by=signed_in().account, object_key=f"channel-{channel}", after=told)
    except ChannelRefused as refused:
        flash(str(refused), "error")
    else:
        flash(ngettext("%(num)s message is sent again.", "%(num)s messages are sent again.", again), "success")
    return redirect(url_for("administration.deliveries", channel=channel))


@pages.get("/deliveries.csv")
def export_deliveries() -> FlaskResponse:
    """At most MOST_EXPORTED, written as they are read; that it was exported is itself put on record first."""
    require(READS_THE_RECORD)
    with runtime().unit_of_work() as uow:
        record(uow, AuditKind.EXPORTED, by=signed_in().account, object_key="deliveries", after=_asked())
    return as_spreadsheet("deliveries.csv", _rows())


def _many_again(uow: UnitOfWork, channel: int) -> int:
    first, last = reading.day("from"), reading.day("to")
    if first is None:
        return post_office().send_given_up_again(uow, channel)
    zone = settings().calendar.zone
    since = datetime.combine(first, time(), zone)
    until = datetime.combine(last + timedelta(days=1), time(), zone) if last else uow.now
    return post_office().send_range_again(
        uow, channel, since, until, with_delivered=bool(reading.text("with_delivered"))
    )


def _asked() -> dict[str, str]:
    return {name: value for name in FILTERS if (value := request.args.get(name, "").strip())}


def _rows() -> Iterator[list[str]]:
    yield [gettext("Time"), gettext("Event"), gettext("To or about"), gettext("Way"), gettext("State"),
           gettext("Attempts"), gettext("Ended"), gettext("Answer"), gettext("Id")]  # fmt: skip
    zone = settings().calendar.zone
    with runtime().reading() as uow:
        for each in post_office().all_proofs(uow, _asked(), most=MOST_EXPORTED):
            ended = each.ended_at.astimezone(zone).isoformat(" ", "seconds") if each.ended_at else ""
            answer = each.error or str(each.answered or "")
            yield [each.happened_at.astimezone(zone).isoformat(" ", "seconds"), each.event_type, each.key,
                   f"{each.kind} {each.endpoint}", each.status, str(each.attempts), ended, answer,
                   each.event_id]  # fmt: skip
