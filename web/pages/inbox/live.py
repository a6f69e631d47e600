"""Tells an open inbox what has changed since it was shown, by server-sent events that hold no thread.

The server answers on a few threads, and thousands of people keep their inbox open. So each request of an EventSource is
answered at once with the present state, if it is another than the one heard last, and the answer ends. The browser's
EventSource then comes back by itself after `retry` milliseconds, and says with `Last-Event-ID` what it has heard. That
is how the protocol wants a server to behave that closes connections.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import orjson
from flask import Response, request
from flask_login import login_required

from engine.tasks import Share, Survey, survey
from web.pages.inbox.choice import Choice
from web.security.identity import current_actor
from web.wiring import runtime
from workflows.errors import Refused
from workflows.inbox.narrowing import narrowing

RETRY = 20_000
"""Milliseconds after which the browser asks again."""
COMPARED = 300
"""So many tasks, the most urgent, are compared; a page shows far fewer."""


@dataclass(frozen=True)
class State:
    """The numbers of the most urgent tasks of a tab; `is_cut` when there are more than are compared."""

    tasks: tuple[int, ...]
    is_cut: bool

    @classmethod
    def of(cls, whole: Survey, share: Share) -> State:
        """What a survey says of one part of the inbox."""
        tasks = [entry.task_id for entry in whole.entries if entry.is_in(share)]
        return cls(tuple(tasks[:COMPARED]), len(tasks) > COMPARED or whole.read_until is not None)

    @property
    def version(self) -> str:
        """Another one as soon as a task came or went."""
        return hashlib.sha256(repr(self.tasks).encode()).hexdigest()[:16]


@login_required
def events() -> Response:
    """One event with the state of the chosen part, or none when it is the one that the caller knows."""
    choice = Choice.read(request.args).open
    with runtime().reading() as uow:
        try:
            narrowed = narrowing(uow.session, choice.asked)
        except Refused:
            narrowed = None
        state = State.of(survey(uow.session, current_actor(uow), narrowed=narrowed), choice.whose.share)
    heard = request.headers.get("Last-Event-ID") or request.args.get("heard")
    event = "" if heard == state.version else _event(state)
    return Response(f"retry: {RETRY}\n\n{event}", mimetype="text/event-stream", headers={"Cache-Control": "no-store"})


def _event(state: State) -> str:
    data = orjson.dumps({"tasks": state.tasks, "isCut": state.is_cut}).decode()
    return f"id: {state.version}\nevent: inbox\ndata: {data}\n\n"
