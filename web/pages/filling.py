"""Reads what a person sent of a task's form."""

from __future__ import annotations

from flask import request

from web import uploads
from web.access import ensure_task_visible
from web.forms import Filled, read_filled
from web.pages.entries import parts_of
from web.security.identity import current_actor
from web.tasks import find_task
from web.wiring import runtime


def filled_in(task_id: int) -> Filled:
    """The form of this request, for a person who may see the task."""
    with runtime().reading() as uow:
        task = find_task(uow, task_id)
        ensure_task_visible(uow, task, current_actor(uow))
        parts = parts_of(uow, task)
    return read_filled(parts, request.form, request.files, uploads)
