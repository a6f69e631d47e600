"""More time for a rectification: what was asked for so far, and where to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import current_app
from werkzeug.exceptions import HTTPException

from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus, UserTask
from engine.tasks import Actor, may_work
from workflows.extension_request import ExtensionRequest, ExtensionStatus, requests_of
from workflows.extension_request.requesting import RECTIFY
from workflows.hazards.models import Hazard


@dataclass(frozen=True)
class Extension:
    """The requests for more time so far, the newest first; `address` is where to ask, empty where that is not possible.

    While one request waits for its answer no other can be made.
    """

    requests: Sequence[ExtensionRequest]
    address: str


def extension_of(uow: UnitOfWork, task: UserTask, hazard: Hazard, actor: Actor) -> Extension | None:
    """What the page of a rectification says of more time; None on any other page."""
    if task.element_id != RECTIFY:
        return None
    requests = list(reversed(requests_of(uow.session, hazard.id)))
    is_pending = any(each.status is ExtensionStatus.PENDING for each in requests)
    may_ask = task.status is TaskStatus.OPEN and not is_pending and may_work(uow, task, actor)
    return Extension(requests, _address(hazard.number) if may_ask else "")


def _address(number: str) -> str:
    """Where more time is asked for, if this site has that page."""
    address = f"/hazards/{quote(number)}/extension"
    try:
        current_app.url_map.bind("").match(f"/hazards/{number}/extension", method="GET")
    except HTTPException:
        return ""
    return address
