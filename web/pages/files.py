"""Uploaded files, for those who may see the task or the hazard they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, send_file
from flask_login import login_required

from engine.errors import NotFound
from engine.storage.models import UserTask
from web.access import ensure_hazard_visible, ensure_task_visible
from web.content_types import LONGEST, SHOWN, type_of
from web.security.identity import current_actor
from web.tasks import find_task
from web.uploads import place_of, upload_name
from web.wiring import runtime
from workflows.errors import UnknownRecord
from workflows.hazards.models import Evidence, Hazard
from workflows.records import Record

pages = Blueprint("files", __name__)
SANDBOX = "default-src 'none'; img-src 'self'; sandbox; frame-ancestors 'none'"


@pages.get("/evidence/<int:evidence_id>")
@login_required
def evidence(evidence_id: int) -> Response:
    """One piece of a hazard's evidence."""
    with runtime().reading() as uow:
        found = uow.session.get(Evidence, evidence_id)
        if found is None:
            raise UnknownRecord(Record.EVIDENCE, evidence_id)
        ensure_hazard_visible(uow, uow.session.get_one(Hazard, found.hazard_id), current_actor(uow))
        return _file(found.reference)


@pages.get("/tasks/<int:task_id>/files/<path:reference>")
@login_required
def answer(task_id: int, reference: str) -> Response:
    """One file that was handed in with a task."""
    with runtime().reading() as uow:
        task = find_task(uow, task_id)
        ensure_task_visible(uow, task, current_actor(uow))
        if reference not in _handed_in(task):
            raise NotFound("file", reference)
        return _file(reference)


def _handed_in(task: UserTask) -> Iterator[Any]:
    for each in (task.outcome or {}).values():
        yield from each if isinstance(each, list) else (each,)


def _file(reference: str) -> Response:
    place = place_of(reference)
    if place is None:
        raise NotFound("file", reference)
    with place.open("rb") as opened:
        media_type = type_of(opened.read(LONGEST)) or "application/octet-stream"
    response = send_file(
        place,
        mimetype=media_type,
        as_attachment=media_type not in SHOWN,
        download_name=upload_name(reference),
        etag=place.name,
        max_age=0,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.cache_control.private = True
    return response
