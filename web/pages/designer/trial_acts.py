"""Reads from a request how a trial begins and what is done in it; uploaded files are named and not kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest
from werkzeug.utils import secure_filename

from web.forms import Filled, read_filled, read_schema
from workflows.trials.doers import name_of
from workflows.trials.scene import OpenTask
from workflows.trials.script import (
    LONGEST_WAIT,
    Act,
    AskForMoreTime,
    Beginning,
    Claim,
    Complete,
    Draw,
    GiveBack,
    Wait,
    WaitForNext,
)

BY: Final = "trial:by"
"""The field that says who acts; no question of a form can have a colon in its name."""
FILES: Final = "trial"


class PaperUploads:
    """Takes files by their name only: nothing of a trial is kept."""

    def store_upload(self, upload: FileStorage) -> str:
        """A reference that stands for the file."""
        return f"{FILES}/{secure_filename(upload.filename or '') or 'file'}"

    def is_kept(self, reference: str) -> bool:
        """Whether a reference is one that a trial gave out."""
        return reference.startswith(f"{FILES}/")


def beginning_from(form: Mapping[str, str], today: date) -> Beginning:
    """How a trial is to begin. Raises ValueError for what cannot be chosen."""
    chosen: dict[str, Any] = {name: form[name] for name in ("severity", "sector", "origin", "region") if form.get(name)}
    return Beginning(on=date.fromisoformat(form["on"]) if form.get("on") else today, **chosen)


def answers_from(task: OpenTask | None) -> Filled:
    """What was filled in of a task's form."""
    parts = read_schema(task.schema) if task is not None and task.schema else ()
    return read_filled(parts, request.form, request.files, PaperUploads())


def act_from(task: OpenTask | None, filled: Filled) -> Act:
    """What the request asks to be done, at this task if it is about one. Raises BadRequest for anything unknown."""
    what, by = request.args.get("do", ""), request.form.get(BY, "")
    named = name_of(task.doers, by) if task is not None else ""
    match what:
        case "complete" if task is not None:
            return Complete(task.task.element_id, named, filled.data)
        case "claim" if task is not None:
            return Claim(task.task.element_id, named)
        case "give_back" if task is not None:
            return GiveBack(task.task.element_id)
        case "wait_for_next":
            return WaitForNext()
        case "wait":
            return Wait(min(max(request.form.get("days", 1, type=int), 1), LONGEST_WAIT))
        case "sampled" | "not_sampled":
            return Draw(sampled=what == "sampled")
        case "more_time":
            return AskForMoreTime(_day(request.form.get("until", "")))
        case _:
            raise BadRequest


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadRequest from wrong
