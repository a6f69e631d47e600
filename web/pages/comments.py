"""What people say about a hazard: read on its page and on its tasks', written and withdrawn here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from flask import Blueprint, flash, jsonify, redirect, render_template, request
from flask_babel import gettext
from flask_login import login_required
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from engine.tasks import Actor
from web.access import ensure_hazard_visible
from web.pages.destination import destination
from web.pages.names import names_of
from web.security.identity import current_actor, signed_in
from web.sentences import spoken_by_field
from web.wiring import runtime
from workflows.comments import LONGEST, Comment, comments_of, may_comment, names_like, withdraw_comment
from workflows.comments import comment as say
from workflows.comments.mentions import AFTER_AT
from workflows.errors import InvalidRecord
from workflows.hazards.facts import hazard_of
from workflows.hazards.models import Hazard
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import Role

pages = Blueprint("comments", __name__)
KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Said:
    """One comment as it is shown; `text` is escaped, with mentions marked. A withdrawn one shows to auditors only."""

    id: int
    who: str
    at: datetime
    text: Markup
    is_mine: bool
    is_withdrawn: bool


@dataclass(frozen=True)
class Thread:
    """The comments on one hazard as a person sees them; `earlier` goes on to those before them."""

    number: str
    comments: Sequence[Said]
    may_write: bool
    earlier: int | None
    request_key: str
    longest: int = LONGEST


def thread_of(uow: UnitOfWork, hazard: Hazard, actor: Actor, *, before: int | None = None) -> Thread:
    """What was said about a hazard, for a person who may see it."""
    found, earlier = comments_of(uow.session, hazard.id, before=before)
    person = person_by_account(uow.session, actor.user)
    names = names_of(uow, [each.by for each in found])
    sees_all = person is not None and any(held.role is Role.AUDITOR for held in person.roles)
    shown = [_said(each, names, actor) for each in found if each.withdrawn_at is None or sees_all]
    may_write = person is not None and may_comment(uow.session, hazard, person)
    return Thread(hazard.number, shown, may_write, earlier, uuid4().hex)


@pages.get("/hazards/<number>/comments")
@login_required
def show(number: str) -> str:
    """All that was said about a hazard, page by page."""
    return _page(number)


@pages.post("/hazards/<number>/comments")
@login_required
def add(number: str) -> Response | tuple[str, int]:
    text, key = request.form.get("text", ""), request.form.get("comment_key", "")
    try:
        with runtime().unit_of_work() as uow:
            actor, hazard = current_actor(uow), hazard_of(uow.session, number)
            ensure_hazard_visible(uow, hazard, actor)
            written = say(uow, hazard, text, by=actor.user, idempotency_key=key if KEY.fullmatch(key) else None)
    except InvalidRecord as invalid:
        return _page(number, text, spoken_by_field(invalid.errors)), 422
    return redirect(f"{destination()}#comment-{written.id}")


@pages.post("/comments/<int:comment_id>/withdraw")
@login_required
def withdraw(comment_id: int) -> Response:
    with runtime().unit_of_work() as uow:
        withdraw_comment(uow, comment_id, by=signed_in().account)
    flash(gettext("The comment was withdrawn."), "success")
    return redirect(f"{destination()}#comments")


@pages.get("/hazards/<number>/readers")
@login_required
def readers(number: str) -> Response:
    """Who can be mentioned, by what was typed after the @."""
    with runtime().reading() as uow:
        hazard = hazard_of(uow.session, number)
        ensure_hazard_visible(uow, hazard, current_actor(uow))
        found = names_like(uow.session, hazard, request.args.get("typed", "").strip()[:40])
    return jsonify([{"name": it.name, "organisation": it.organisation, "handle": it.handle} for it in found])


def _page(number: str, text: str = "", errors: Mapping[str, str] | None = None) -> str:
    with runtime().reading() as uow:
        actor, hazard = current_actor(uow), hazard_of(uow.session, number)
        ensure_hazard_visible(uow, hazard, actor)
        thread = thread_of(uow, hazard, actor, before=request.args.get("before", type=int))
        return render_template("task_comments.html", hazard=hazard, thread=thread, text=text, errors=errors or {})


def _said(comment: Comment, names: Mapping[str, str], actor: Actor) -> Said:
    return Said(
        id=comment.id,
        who=names.get(comment.by, comment.by),
        at=comment.at,
        text=Markup(AFTER_AT.sub(_marked, str(escape(comment.text)))),
        is_mine=comment.by == actor.user,
        is_withdrawn=comment.withdrawn_at is not None,
    )


def _marked(found: re.Match[str]) -> str:
    return Markup('<span class="mention">@{}</span>').format(Markup(found[1]))
