"""The inbox's pages and what is sent from them."""

from __future__ import annotations

from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from engine.tasks import Narrowing
from web.pages.inbox import acting, delegating, live, returning
from web.pages.inbox.choice import Choice
from web.pages.inbox.done import read_done
from web.pages.inbox.listing import read_inbox
from web.pages.inbox.tabs import Whose
from web.security.identity import current_actor
from web.sentences import spoken
from web.times import Urgency
from web.wiring import runtime
from workflows.errors import Refused
from workflows.inbox.batch import Act
from workflows.inbox.narrowing import narrowing

pages = Blueprint("inbox", __name__)


@pages.get("/")
def home() -> Response:
    return redirect(url_for("inbox.show"))


@pages.get("/inbox")
@login_required
def show() -> str:
    choice, after = Choice.read(request.args), request.args.get("after")
    returning.remember(choice)
    with runtime().reading() as uow:
        actor = current_actor(uow)
        narrowed, hint = _narrowed(uow, choice)
        words = {"Whose": Whose, "Urgency": Urgency, "Act": Act, "today": uow.now, "hint": hint}
        if choice.whose is Whose.DONE:
            return render_template("inbox_done.html", inbox=read_done(uow, actor, choice, narrowed, after), **words)
        inbox = read_inbox(uow, actor, choice, narrowed, after)
        finished = request.args.get("finished", type=int)
        return render_template("inbox.html", inbox=inbox, finished=finished, request_key=uuid4().hex, **words)


def _narrowed(uow: UnitOfWork, choice: Choice) -> tuple[Narrowing | None, str]:
    """What the list is narrowed by, and what to say of words that are too short, which then count for nothing."""
    try:
        return narrowing(uow.session, choice.asked), ""
    except Refused as refused:
        return narrowing(uow.session, choice.asking(words="").asked), spoken(refused.said)


pages.add_url_rule("/inbox/back", "back", returning.back)
pages.add_url_rule("/inbox/events", "events", live.events)
pages.add_url_rule("/inbox/act", "act", acting.act, methods=["POST"])
pages.add_url_rule("/inbox/read", "read_all", acting.read_all, methods=["POST"])
pages.add_url_rule("/inbox/delegate/<int:task_id>", "delegate", delegating.choose)
pages.add_url_rule("/inbox/delegate/<int:task_id>", "hand_on", delegating.hand_on, methods=["POST"])
