"""One task: look at it, take it or give it back, and finish it with its form."""

from __future__ import annotations

import re

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import login_required
from werkzeug.wrappers import Response

from engine.errors import ConcurrentChange, InvalidForm, WrongState
from engine.storage.models import UserTask
from engine.tasks import claim as claim_task
from engine.tasks import complete
from engine.tasks import unclaim as unclaim_task
from web import uploads
from web.access import ensure_task_visible
from web.forms import Filled, read_filled
from web.forms.refusals import refusals_in_words
from web.pages.conflict import what_changed
from web.pages.desk import NOTHING_REFUSED, Refusal, lay_out, open_task_names
from web.pages.destination import destination
from web.pages.entries import parts_of
from web.security.identity import current_actor
from web.sentences import spoken, spoken_by_field
from web.tasks import find_task
from web.wiring import runtime
from workflows.errors import InvalidRecord, Refused

pages = Blueprint("task", __name__, url_prefix="/tasks")
KEY = re.compile(r"[0-9a-f]{32}")


@pages.get("/<int:task_id>")
@login_required
def show(task_id: int) -> str:
    return _page(task_id)


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


@pages.post("/<int:task_id>/complete")
@login_required
def finish(task_id: int) -> Response | tuple[str, int]:
    filled = _filled(task_id)
    if filled.errors:
        return _page(task_id, filled, Refusal(errors=spoken_by_field(filled.errors))), 422
    try:
        task, following = _complete(task_id, filled)
    except InvalidForm as invalid:
        return _page(task_id, filled, Refusal(errors=refusals_in_words(invalid))), 422
    except InvalidRecord as invalid:
        return _page(task_id, filled, Refusal(errors=spoken_by_field(invalid.errors))), 422
    except Refused as refused:
        return _page(task_id, filled, Refusal(message=spoken(refused.said))), 422
    except (ConcurrentChange, WrongState):
        return _page(task_id, filled, Refusal(message=_what_changed(task_id))), 409
    flash(_what_follows(task, following), "success")
    return redirect(url_for("inbox.show"))


def _page(task_id: int, filled: Filled | None = None, refusal: Refusal = NOTHING_REFUSED) -> str:
    with runtime().reading() as uow:
        actor = current_actor(uow)
        task = find_task(uow, task_id)
        ensure_task_visible(uow, task, actor)
        desk = lay_out(uow, task, actor, filled=filled, refusal=refusal)
        return render_template("task.html", desk=desk)


def _filled(task_id: int) -> Filled:
    with runtime().reading() as uow:
        task = find_task(uow, task_id)
        ensure_task_visible(uow, task, current_actor(uow))
        parts = parts_of(uow, task)
    return read_filled(parts, request.form, request.files, uploads)


def _complete(task_id: int, filled: Filled) -> tuple[UserTask, list[str]]:
    with runtime().unit_of_work() as uow:
        task = complete(
            uow,
            task_id,
            current_actor(uow),
            filled.data,
            idempotency_key=_request_key(),
            expected_version=request.form.get("expected_version", type=int),
        )
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
