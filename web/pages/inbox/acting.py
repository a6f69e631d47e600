"""One act on many ticked tasks, and the page that says what came of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from flask import flash, redirect, render_template, request
from flask_babel import gettext, ngettext
from flask_login import login_required
from sqlalchemy import select
from werkzeug.wrappers import Response

from engine.storage.models import UserTask
from engine.tasks import survey
from web.pages.cards import Card, cards
from web.pages.destination import destination
from web.pages.inbox.choice import Choice
from web.security.identity import current_actor, signed_in
from web.sentences import spoken
from web.wiring import runtime
from workflows.inbox.batch import Act, Outcome, act_on_many
from workflows.inbox.narrowing import narrowing
from workflows.inbox.read_marks import mark_read

REQUEST_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Result:
    """What came of one task, with its hazard; `refusal` is empty for what was done."""

    card: Card
    refusal: str


@login_required
def act() -> str | Response:
    """Claim or confirm the ticked tasks. The same form sent twice does nothing twice and shows the same."""
    wanted = next((each for each in Act if each == request.form.get("act")), None)
    tasks = request.form.getlist("task", type=int)
    if wanted is None or not tasks:
        flash(gettext("Tick the tasks first that you want to do together."), "warning")
        return redirect(destination())
    key = request.form.get("request_key", "")
    outcomes = act_on_many(
        runtime(), wanted, tasks, current_actor, request=key if REQUEST_KEY.fullmatch(key) else uuid4().hex
    )
    if all(outcome.refusal is None for outcome in outcomes):
        flash(_all_done(wanted, len(outcomes)), "success")
        return redirect(destination())
    return render_template("inbox_results.html", results=_results(outcomes), act=wanted, back=destination())


@login_required
def read_all() -> Response:
    """Mark all tasks of the chosen part as read."""
    choice = Choice.read(request.form).open
    with runtime().unit_of_work() as uow:
        narrowed = narrowing(uow.session, choice.asked)
        whole = survey(uow.session, current_actor(uow), narrowed=narrowed)
        tasks = [entry.task_id for entry in whole.entries if entry.is_in(choice.whose.share)]
        mark_read(uow, signed_in().account, tasks)
    return redirect(choice.address)


def _all_done(done: Act, count: int) -> str:
    if done is Act.CLAIM:
        return ngettext("%(num)s task is now with you.", "%(num)s tasks are now with you.", count)
    return ngettext("%(num)s task was confirmed and moved on.", "%(num)s tasks were confirmed and moved on.", count)


def _results(outcomes: Sequence[Outcome]) -> list[Result]:
    refusals = {outcome.task_id: outcome.refusal for outcome in outcomes}
    with runtime().reading() as uow:
        wanted = select(UserTask).where(UserTask.id.in_(refusals)).order_by(UserTask.id)
        shown = cards(uow, uow.session.scalars(wanted).all())
    return [Result(card, spoken(refusals[card.task.id] or "")) for card in shown]
