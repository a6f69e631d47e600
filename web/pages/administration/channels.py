"""Channels: the ways out of the house, opened, tried out and switched; and the words in which people are told."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from web.errors import ChannelRefused
from web.pages.administration.blueprint import KEEPS_CHANNELS, pages, require
from web.security.identity import signed_in
from web.wiring import post_office, runtime
from workflows.audit import AuditKind, record

FIELDS = ("kind", "url", "event_types", "secret", "audience", "description")
EMPTY: Mapping[str, str] = {"kind": "hook", "event_types": "notice.* digest.*"}


@pages.get("/channels")
def channels() -> str:
    require(KEEPS_CHANNELS)
    return _page(EMPTY)


@pages.post("/channels")
def add_channel() -> Response | str | tuple[str, int]:
    """The secret that signs is shown on the answer itself, and never again."""
    require(KEEPS_CHANNELS)
    entered = {name: request.form.get(name, "") for name in FIELDS}
    if entered["kind"] not in post_office().kinds():
        return _page(entered, refusal=gettext("Choose what stands at the address.")), 422
    try:
        with runtime().unit_of_work() as uow:
            secret = post_office().add(uow, entered)
            told = {"kind": entered["kind"], "event_types": entered["event_types"]}
            record(uow, AuditKind.CHANNEL_OPENED, by=signed_in().account, object_key="channel", after=told)
    except ChannelRefused as refused:
        return _page(entered, refusal=str(refused)), 422
    if secret:
        return _page(EMPTY, secret=secret)
    flash(gettext("The channel is open."), "success")
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
        record(
            uow, AuditKind.CHANNEL_CHANGED, by=signed_in().account, object_key=f"channel-{channel_id}",
            after={"act": act},
        )  # fmt: skip
        if act == "rotate":
            return _page(EMPTY, secret=post_office().rotate(uow, channel_id))
        because = gettext("switched off by %(who)s", who=signed_in().account)
        post_office().switch(uow, channel_id, on=act == "on", because=because)
    return redirect(url_for("administration.channels"))


def _page(entered: Mapping[str, str], *, secret: str = "", refusal: str = "") -> str:
    with runtime().reading() as uow:
        return render_template(
            "administration/channels.html",
            channels=post_office().channels(uow),
            kinds=post_office().kinds(),
            entered=entered,
            secret=secret,
            refusal=refusal,
            now=uow.now,
        )
