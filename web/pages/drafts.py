"""What was typed and not sent yet: saved as it is, whatever is missing or wrong, and discarded when asked."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import login_required
from werkzeug.wrappers import Response

from engine.errors import ConcurrentChange, WrongState
from web.access import ensure_task_visible
from web.forms import Filled
from web.pages.filling import filled_in
from web.security.identity import current_actor, signed_in
from web.tasks import find_task
from web.wiring import runtime
from workflows.drafts import discard_draft, save_draft
from workflows.errors import Refused

pages = Blueprint("drafts", __name__, url_prefix="/tasks")


@pages.post("/<int:task_id>/draft")
@login_required
def save(task_id: int) -> Response | str:
    """Keep what stands in the form. A script gets the words for beside the button, anyone else the page again."""
    is_quiet = "X-Quietly" in request.headers
    try:
        saved_at = _save(task_id)
    except (WrongState, Refused):
        if not is_quiet:
            raise
        return render_template("task_draft.html", saved_at=None)
    if is_quiet:
        return render_template("task_draft.html", saved_at=saved_at)
    flash(gettext("Your draft is saved. Nobody else sees it, and nothing was sent."), "success")
    return redirect(url_for("task.show", task_id=task_id))


@pages.post("/<int:task_id>/draft/discard")
@login_required
def discard(task_id: int) -> Response:
    """Begin anew."""
    with runtime().unit_of_work() as uow:
        discard_draft(uow, task_id, signed_in().account)
    flash(gettext("The draft was discarded."), "success")
    return redirect(url_for("task.show", task_id=task_id))


def _save(task_id: int) -> datetime:
    filled = filled_in(task_id)
    with runtime().unit_of_work() as uow:
        task = find_task(uow, task_id)
        ensure_task_visible(uow, task, current_actor(uow))
        return save_draft(uow, task_id, signed_in().account, filled.shown).saved_at


def keep_draft(task_id: int, filled: Filled) -> None:
    """Keep what could not be sent, as far as that is possible: the page that says why shows it anyway."""
    try:
        with runtime().unit_of_work() as uow:
            save_draft(uow, task_id, signed_in().account, filled.shown)
    except (WrongState, ConcurrentChange, Refused):
        return
