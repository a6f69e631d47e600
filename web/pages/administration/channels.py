"""Channels: the ways out of the house, opened, changed, tried out and switched; and the words in which people are
told."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.errors import ChannelRefused
from web.outgoing import Channel, Wanted
from web.pages.administration import reading
from web.pages.administration.blueprint import KEEPS_CHANNELS, mandate, pages, require
from web.places import place_in_words
from web.security.identity import signed_in
from web.wiring import post_office, runtime
from workflows.audit import AuditKind, record
from workflows.organisations.sectors import Sector

Entered = Mapping[str, str | list[str]]
FIELDS = ("kind", "url", "event_types", "secret", "audience", "region", "description")
EMPTY: Entered = {"kind": "hook", "event_types": "notice.* digest.* endpoint.disabled", "sectors": []}


@pages.get("/channels")
def channels() -> str:
    require(KEEPS_CHANNELS)
    return _page(EMPTY)


@pages.post("/channels")
def add_channel() -> Response | str | tuple[str, int]:
    """The secret that signs is shown on the answer itself, and never again."""
    require(KEEPS_CHANNELS)
    wanted = _wanted()
    if wanted.kind not in post_office().kinds():
        return _page(_entered(), refusal=gettext("Choose what stands at the address.")), 422
    try:
        with runtime().unit_of_work() as uow:
            channel_id = post_office().add(uow, wanted, by=signed_in().account)
            secret = post_office().secret(uow, channel_id)
            _record(uow, AuditKind.CHANNEL_OPENED, f"channel-{channel_id}", {"kind": wanted.kind, **_chosen(wanted)})
    except ChannelRefused as refused:
        return _page(_entered(), refusal=str(refused)), 422
    if secret:
        return _page(EMPTY, secret=secret)
    flash(gettext("The channel is open."), "success")
    return redirect(url_for("administration.channels"))


@pages.get("/channels/<int:channel_id>")
def channel(channel_id: int) -> str:
    require(KEEPS_CHANNELS)
    with runtime().reading() as uow:
        return _one(uow, post_office().channel(uow, channel_id))


@pages.post("/channels/<int:channel_id>")
def reselect_channel(channel_id: int) -> Response | tuple[str, int]:
    """Give a channel other events or another name."""
    require(KEEPS_CHANNELS)
    wanted = _wanted()
    try:
        with runtime().unit_of_work() as uow:
            post_office().change(uow, channel_id, wanted)
            _record(uow, AuditKind.CHANNEL_CHANGED, f"channel-{channel_id}", _chosen(wanted))
    except ChannelRefused as refused:
        with runtime().reading() as uow:
            return _one(uow, post_office().channel(uow, channel_id), entered=_entered(), refusal=str(refused)), 422
    flash(gettext("The channel was changed."), "success")
    return redirect(url_for("administration.channels"))


@pages.post("/channels/<int:channel_id>/<act>")
def change_channel(channel_id: int, act: str) -> Response | str | tuple[str, int]:
    """Switch a channel on or off, give it a fresh secret, or try it out."""
    require(KEEPS_CHANNELS)
    try:
        return _change(channel_id, act)
    except ChannelRefused as refused:
        return _page(EMPTY, refusal=str(refused)), 422


@pages.get("/channels/words")
def channel_words() -> str:
    require(KEEPS_CHANNELS)
    by_type: dict[str, dict[str, dict[str, str]]] = {}
    for each in post_office().words():
        by_type.setdefault(each.event_type, {}).setdefault(each.language, {})[each.block] = each.text
    return render_template("administration/channel_words.html", types=by_type)


def _change(channel_id: int, act: str) -> Response | str:
    with runtime().unit_of_work() as uow:
        if act == "try":
            wrong = post_office().try_out(uow, channel_id, request.form.get("account", "").strip())
            flash(wrong or gettext("The test message was taken."), "error" if wrong else "success")
            return redirect(url_for("administration.channels"))
        _record(uow, AuditKind.CHANNEL_CHANGED, f"channel-{channel_id}", {"act": act})
        if act == "rotate":
            post_office().rotate(uow, channel_id)
            return _page(EMPTY, secret=post_office().secret(uow, channel_id))
        because = gettext("switched off by %(who)s", who=signed_in().account)
        post_office().switch(uow, channel_id, on=act == "on", because=because)
    return redirect(url_for("administration.channels"))


def _wanted() -> Wanted:
    entered = {name: request.form.get(name, "").strip() for name in FIELDS}
    return Wanted(
        kind=entered["kind"],
        url=entered["url"],
        event_types=entered["event_types"].split(),
        audience=entered["audience"].split(),
        region=reading.region_code("region"),
        sectors=[sector.value for sector in reading.members(Sector, "sectors")],
        description=entered["description"],
        secret=entered["secret"],
    )


def _entered() -> Entered:
    return {name: request.form.get(name, "") for name in FIELDS} | {"sectors": request.form.getlist("sectors")}


def _chosen(wanted: Wanted) -> dict[str, object]:
    return {
        "event_types": " ".join(wanted.event_types),
        "audience": " ".join(wanted.audience),
        "region": wanted.region,
        "sectors": " ".join(wanted.sectors),
    }


def _record(uow: UnitOfWork, kind: AuditKind, object_key: str, after: dict[str, object]) -> None:
    record(uow, kind, by=signed_in().account, object_key=object_key, after=after)


def _one(uow: UnitOfWork, shown: Channel, *, entered: Entered | None = None, refusal: str = "") -> str:
    present: Entered = {
        "event_types": " ".join(shown.event_types),
        "audience": " ".join(shown.audience),
        "region": f"{shown.region} {place_in_words(shown.region)}" if shown.region else "",
        "sectors": list(shown.sectors),
        "description": shown.description,
    }
    return render_template(
        "administration/channel.html", channel=shown, entered=entered or present, refusal=refusal,
        regions=reading.regions_within(mandate(uow)),
    )  # fmt: skip


def _page(entered: Entered, *, secret: str = "", refusal: str = "") -> str:
    with runtime().reading() as uow:
        return render_template(
            "administration/channels.html",
            channels=post_office().channels(uow),
            kinds=post_office().kinds(),
            regions=reading.regions_within(mandate(uow)),
            entered=entered,
            secret=secret,
            refusal=refusal,
            now=uow.now,
        )
