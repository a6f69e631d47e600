"""Lets somebody else do a task: a page to find a colleague by name, and the handing over."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import login_required
from werkzeug.wrappers import Response

from engine.tasks import delegate
from engine.tasks.access import require_worker
from web.pages.cards import cards
from web.pages.destination import destination
from web.security.identity import current_actor
from web.tasks import find_task
from web.wiring import runtime
from workflows.errors import Refused
from workflows.inbox.colleagues import SHOWN, colleagues_for, is_colleague
from workflows.organisations.people import person_by_account
from workflows.sentences import sentence


@login_required
def choose(task_id: int) -> str:
    """The page with the colleagues whom the task may be given to; a script asks for the list alone."""
    name = request.args.get("name", "").strip()
    with runtime().reading() as uow:
        task, actor = find_task(uow, task_id), current_actor(uow)
        require_worker(uow, task, actor)
        page = "inbox_colleagues.html" if "HX-Request" in request.headers else "inbox_delegate.html"
        found = colleagues_for(uow.session, task, actor, name)
        is_more = len(found) == SHOWN
        card = cards(uow, [task])[0]
        return render_template(page, card=card, colleagues=found, name=name, is_more=is_more, back=destination())


@login_required
def hand_on(task_id: int) -> Response:
    """Delegate the task to the chosen colleague, at most once for a version of it."""
    account = request.form.get("to", "")
    with runtime().unit_of_work() as uow:
        task, actor = find_task(uow, task_id), current_actor(uow)
        if not is_colleague(uow.session, task, actor, account):
            raise Refused(sentence("choose one of the people whom this task is offered to"))
        person = person_by_account(uow.session, account)
        delegate(uow, task_id, actor, account, expected_version=request.form.get("expected_version", type=int))
        name = person.name if person else account
    flash(gettext("“%(task)s” was delegated to %(who)s.", task=task.name, who=name), "success")
    return redirect(destination())


def delegation_address(task_id: int, back: str) -> str:
    """Where a colleague is chosen; afterwards the person is led to `back`."""
    return url_for("inbox.delegate", task_id=task_id, next=back)
