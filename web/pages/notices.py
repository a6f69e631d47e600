"""Notices: what a person was told, read and unread, and a leader's digests; the bell counts what still matters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from web.pages.destination import destination
from web.pages.notice_groups import board_of
from web.paging import cursor, position
from web.security.identity import signed_in
from web.sentences import spoken, spoken_by_field
from web.wiring import runtime, settings
from workflows.comments import mark_mentions_read, unread_mentions
from workflows.errors import InvalidRecord, Refused
from workflows.escalation.acknowledging import acknowledge as take_care
from workflows.escalation.reading import (
    MOST_COUNTED,
    Told,
    count_unread,
    digest_of,
    digests_of,
    mark_all_read,
    mark_digest_read,
    mark_read,
    told_in,
    told_read,
    told_unread,
)

pages = Blueprint("notices", __name__, url_prefix="/notices")
MOST_AT_ONCE: Final = 100
"""Notices on a page before they are gathered by hazard; and the most that a request marks as read by name."""

MOST_OF_A_DIGEST: Final = 500


@pages.get("")
@login_required
def show() -> str:
    before = _before("notices")
    account = signed_in().account
    with runtime().reading() as uow:
        told = told_unread(uow.session, account, before=before, limit=MOST_AT_ONCE + 1)
        return render_template(
            "notices/unread.html",
            board=board_of(uow, told[:MOST_AT_ONCE]),
            mentions=unread_mentions(uow.session, account) if before is None else (),
            next=_next("notices", "notices.show", told),
        )


@pages.get("/read")
@login_required
def read() -> str:
    with runtime().reading() as uow:
        told = told_read(uow.session, signed_in().account, before=_before("read"), limit=MOST_AT_ONCE + 1)
        board = board_of(uow, told[:MOST_AT_ONCE])
        return render_template("notices/read.html", board=board, next=_next("read", "notices.read", told))


@pages.get("/digests")
@login_required
def digests() -> str:
    after = position("digests", request.args.get("after"))
    before = date.fromisoformat(after[0]) if after else None
    size = settings().page_size
    with runtime().reading() as uow:
        found = digests_of(uow.session, signed_in().account, before=before, limit=size + 1)
        last = found[size - 1].day if len(found) > size else None
        following = url_for("notices.digests", after=cursor("digests", [last.isoformat()])) if last else None
        return render_template("notices/digests.html", digests=found[:size], next=following)


@pages.get("/digests/<int:digest_id>")
@login_required
def digest(digest_id: int) -> str:
    with runtime().reading() as uow:
        found = digest_of(uow.session, signed_in().account, digest_id)
        told = told_in(uow.session, digest_id, limit=MOST_OF_A_DIGEST)
        return render_template("notices/digest.html", digest=found, board=board_of(uow, told))


@pages.post("/read")
@login_required
def mark() -> Response:
    """Mark as read what is named: notices, mentions, a whole digest, or with `up_to` every notice until then."""
    account = signed_in().account
    with runtime().unit_of_work() as uow:
        marked = _marked(uow, account)
    flash(ngettext("%(num)s notice marked as read.", "%(num)s notices marked as read.", marked), "success")
    return redirect(destination() if "next" in request.form else url_for("notices.show"))


@pages.post("/acknowledge")
@login_required
def acknowledge() -> Response:
    """Take care of what the named notices tell; each by itself, so that one that is over keeps none from the rest."""
    account, words = signed_in().account, request.form.get("words", "")
    refused = ""
    for notice_id in request.form.getlist("id", type=int)[:MOST_AT_ONCE]:
        try:
            with runtime().unit_of_work() as uow:
                take_care(uow, account, notice_id, words, settings().calendar)
        except Refused as refusal:
            refused = spoken(refusal.said)
        except InvalidRecord as invalid:
            refused = spoken_by_field(invalid.errors)["words"]
    if refused:
        flash(refused, "error")
    else:
        flash(gettext("It is on record that you take care of it."), "success")
    return redirect(destination() if "next" in request.form else url_for("notices.show"))


@pages.app_template_global()
def unread_notices() -> str:
    """How many unread notices and mentions the visitor has, as the bell shows it: empty for none, `99+` for many."""
    if not current_user.is_authenticated:
        return ""
    if "unread_notices" not in g:
        with runtime().reading() as uow:
            account = signed_in().account
            g.unread_notices = count_unread(uow.session, account) + len(
                unread_mentions(uow.session, account, limit=MOST_COUNTED)
            )
    count: int = g.unread_notices
    return gettext("99+") if count >= MOST_COUNTED else str(count or "")


def _marked(uow: UnitOfWork, account: str) -> int:
    up_to, whole = (request.form.get(name, type=int) for name in ("up_to", "digest"))
    mentions, notices = (request.form.getlist(name, type=int)[:MOST_AT_ONCE] for name in ("mention", "id"))
    marked = mark_mentions_read(uow, account, mentions) if mentions else 0
    marked += mark_read(uow, account, notices) if notices else 0
    marked += mark_digest_read(uow, account, whole) if whole is not None else 0
    return marked + (mark_all_read(uow, account, up_to=up_to) if up_to is not None else 0)


def _before(of: str) -> int | None:
    after = position(of, request.args.get("after"))
    return int(after[0]) if after else None


def _next(of: str, endpoint: str, told: Sequence[Told]) -> str | None:
    if len(told) <= MOST_AT_ONCE:
        return None
    return url_for(endpoint, after=cursor(of, [told[MOST_AT_ONCE - 1].notice.id]))
