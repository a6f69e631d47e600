"""One task: look at it, take it or give it back, see what would follow, and finish it with its form."""

from __future__ import annotations

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import login_required
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from engine.errors import ConcurrentChange, EngineError, InvalidForm, WrongState
from engine.storage.models import UserTask
from engine.tasks import claim as claim_task
from engine.tasks import complete
from engine.tasks import unclaim as unclaim_task
from web.access import ensure_task_visible
from web.forms import Filled
from web.forms.refusals import refusals_in_words
from web.pages.conflict import what_changed
from web.pages.desk import NOTHING_REFUSED, Refusal, lay_out, open_task_names
from web.pages.destination import destination
from web.pages.drafts import keep_draft
from web.pages.drafts import pages as drafts
from web.pages.filling import filled_in
from web.pages.inbox.opening import note_opened
from web.pages.outlook import Outlook, in_words
from web.security.identity import current_actor
from web.sentences import spoken, spoken_by_field
from web.tasks import find_task
from web.wiring import runtime, settings
from workflows.drafts import discard_draft
from workflows.errors import InvalidRecord, Refused, WorkflowsError
from workflows.next_steps import next_steps

pages = Blueprint("task", __name__, url_prefix="/tasks")
KEY = re.compile(r"[0-9a-f]{32}")
MEGABYTE = 1024 * 1024


@pages.get("/<int:task_id>")
@login_required
def show(task_id: int) -> str:
    shown = _page(task_id)
    note_opened(task_id)
    return shown


@pages.post("/<int:task_id>/claim")
@login_required
def claim(task_id: int) -> Response:
    with runtime().unit_of_work() as uow:
        task = claim_task(uow, task_id, current_actor(uow))
    flash(gettext("“%(task)s” is now with you.", task=task.name), "success")
    return redirect(destination())


@pages.post("/<int:task_id>/unclaim")
@login_required
def unclaim(task_id: int) -> Response:
    with runtime().unit_of_work() as uow:
        task = unclaim_task(uow, task_id, current_actor(uow))
    flash(gettext("“%(task)s” was given back to the group.", task=task.name), "success")
    return redirect(destination())


@pages.post("/<int:task_id>/preview")
@login_required
def preview(task_id: int) -> str | tuple[str, int]:
    """What completing the task so would lead to. A script gets the sentences, anyone else the page with them."""
    is_quiet = "X-Quietly" in request.headers
    filled = filled_in(task_id)
    outlook, refusal = _look_ahead(task_id, filled)
    if is_quiet:
        return render_template("task_next.html", outlook=outlook)
    keep_draft(task_id, filled)
    return _page(task_id, filled, refusal, outlook), 422 if refusal.errors else 200


@pages.post("/<int:task_id>/complete")
@login_required
def finish(task_id: int) -> Response | tuple[str, int]:
    filled = filled_in(task_id)
    if filled.errors:
        return _refused(task_id, filled, Refusal(errors=spoken_by_field(filled.errors)))
    try:
        task, following = _complete(task_id, filled)
    except InvalidForm as invalid:
        return _refused(task_id, filled, Refusal(errors=refusals_in_words(invalid)))
    except InvalidRecord as invalid:
        return _refused(task_id, filled, Refusal(errors=spoken_by_field(invalid.errors)))
    except Refused as refused:
        return _refused(task_id, filled, Refusal(message=spoken(refused.said)))
    except (ConcurrentChange, WrongState):
        return _refused(task_id, filled, Refusal(message=_what_changed(task_id)), 409)
    flash(_what_follows(task, following), "success")
    return redirect(url_for("inbox.back", finished=task.id))


@drafts.errorhandler(RequestEntityTooLarge)
@pages.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    """The page again, with the draft that was saved while the form was filled in: what was sent could not be read."""
    task_id = (request.view_args or {}).get("task_id", 0)
    limit = settings().largest_upload / MEGABYTE
    message = gettext(
        "The upload is too large: together the files may have %(most)s MB. Choose smaller files, or fewer at once.",
        most=f"{limit:.3g}",
    )
    return _page(task_id, refusal=Refusal(message=message)), 413


def _page(
    task_id: int,
    filled: Filled | None = None,
    refusal: Refusal = NOTHING_REFUSED,
    outlook: Outlook | None = None,
) -> str:
    with runtime().reading() as uow:
        actor = current_actor(uow)
        task = find_task(uow, task_id)
        ensure_task_visible(uow, task, actor)
        desk = lay_out(uow, task, actor, filled=filled, refusal=refusal, outlook=outlook)
        return render_template("task.html", desk=desk)


def _refused(task_id: int, filled: Filled, refusal: Refusal, status: int = 422) -> tuple[str, int]:
    keep_draft(task_id, filled)
    return _page(task_id, filled, refusal), status


def _look_ahead(task_id: int, filled: Filled) -> tuple[Outlook, Refusal]:
    """What would follow, or why this cannot be sent; neither when it cannot be found out at the moment."""
    if filled.errors:
        return Outlook(), Refusal(errors=spoken_by_field(filled.errors))
    with runtime().reading() as uow:
        actor, number = current_actor(uow), find_task(uow, task_id).business_key
    version = request.form.get("expected_version", type=int)
    try:
        return in_words(
            next_steps(runtime(), task_id, actor, filled.data, number=number, expected_version=version)
        ), NOTHING_REFUSED
    except InvalidForm as invalid:
        return Outlook(), Refusal(errors=refusals_in_words(invalid))
    except InvalidRecord as invalid:
        return Outlook(), Refusal(errors=spoken_by_field(invalid.errors))
    except (EngineError, WorkflowsError, SQLAlchemyError):
        return Outlook(), NOTHING_REFUSED


def _complete(task_id: int, filled: Filled) -> tuple[UserTask, list[str]]:
    with runtime().unit_of_work() as uow:
        actor = current_actor(uow)
        task = complete(
            uow,
            task_id,
            actor,
            filled.data,
            idempotency_key=_request_key(),
            expected_version=request.form.get("expected_version", type=int),
        )
        discard_draft(uow, task_id, actor.user)
        return task, list(open_task_names(uow, task.instance_id))


def _what_follows(task: UserTask, following: list[str]) -> str:
    if not following:
        return gettext("“%(task)s” is done.", task=task.name)
    names = gettext(", ").join(following)
    return gettext("“%(task)s” is done. Next: %(names)s.", task=task.name, names=names)


def _what_changed(task_id: int) -> str:
    with runtime().reading() as uow:
        return what_changed(uow, find_task(uow, task_id), current_actor(uow).user)


def _request_key() -> str | None:
    key = request.form.get("request_key", "")
    return key if KEY.fullmatch(key) else None
