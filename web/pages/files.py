"""Uploaded files and their smaller copies, for those who may see the task or the hazard they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request, send_file
from flask_login import login_required
from sqlalchemy import select

from engine.errors import NotFound
from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from web.access import ensure_hazard_visible, ensure_task_visible
from web.content_types import LONGEST, SHOWN, type_of
from web.security.identity import current_actor
from web.tasks import find_task
from web.thumbnails import Size, copy_of
from web.uploads import digest_of, place_of, upload_name
from web.wiring import runtime
from workflows.drafts import draft_of
from workflows.errors import UnknownRecord
from workflows.hazards.models import Evidence, Hazard
from workflows.records import Record
from workflows.uploads.beginning import has_sent

pages = Blueprint("files", __name__)
SANDBOX = "default-src 'none'; img-src 'self'; sandbox; frame-ancestors 'none'"
COPIES_KEPT = 600
"""Seconds for which a browser may show a smaller copy again without asking; it never changes."""


@pages.get("/evidence/<int:evidence_id>")
@login_required
def evidence(evidence_id: int) -> Response:
    """One piece of a hazard's evidence."""
    with runtime().reading() as uow:
        found = uow.session.get(Evidence, evidence_id)
        if found is None:
            raise UnknownRecord(Record.EVIDENCE, evidence_id)
        ensure_hazard_visible(uow, uow.session.get_one(Hazard, found.hazard_id), current_actor(uow))
        reference = found.reference
    return _file(reference)


@pages.get("/tasks/<int:task_id>/files/<path:reference>")
@login_required
def answer(task_id: int, reference: str) -> Response:
    """One file that was handed in with a task."""
    with runtime().reading() as uow:
        task = find_task(uow, task_id)
        ensure_task_visible(uow, task, current_actor(uow))
        if reference not in _handed_in(task.outcome):
            raise NotFound("file", reference)
    return _file(reference)


@pages.get("/tasks/<int:task_id>/kept/<path:reference>")
@login_required
def kept(task_id: int, reference: str) -> Response:
    """One file that waits in a person's form: their own upload or draft, or earlier evidence of the task's hazard."""
    with runtime().reading() as uow:
        task, actor = find_task(uow, task_id), current_actor(uow)
        ensure_task_visible(uow, task, actor)
        if not _waits(uow, task, actor.user, reference):
            raise NotFound("file", reference)
    return _file(reference)


def _waits(uow: UnitOfWork, task: UserTask, account: str, reference: str) -> bool:
    draft = draft_of(uow.session, task.id, account)
    if draft is not None and reference in _handed_in(draft.answers):
        return True
    earlier = (
        select(Evidence.id)
        .join(Hazard, Hazard.id == Evidence.hazard_id)
        .where(Hazard.number == task.business_key, Evidence.digest == digest_of(reference))
    )
    return has_sent(uow.session, account, reference) or uow.session.scalar(earlier.limit(1)) is not None


def _handed_in(answers: dict[str, Any] | None) -> Iterator[Any]:
    for each in (answers or {}).values():
        yield from each if isinstance(each, list) else (each,)


def _file(reference: str) -> Response:
    place = place_of(reference)
    if place is None:
        raise NotFound("file", reference)
    size = next((each for each in Size if each == request.args.get("size")), None)
    copy = copy_of(place, size) if size is not None else None
    if copy is not None:
        return _sent(copy, "image/jpeg", upload_name(reference), COPIES_KEPT)
    return _sent(place, _type_of(place), upload_name(reference), 0)


def _sent(place: Path, media_type: str, name: str, max_age: int) -> Response:
    response = send_file(
        place,
        mimetype=media_type,
        as_attachment=media_type not in SHOWN,
        download_name=name,
        etag=place.name,
        max_age=max_age,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.cache_control.private = True
    return response


def _type_of(place: Path) -> str:
    with place.open("rb") as opened:
        return type_of(opened.read(LONGEST)) or "application/octet-stream"
