"""The way back into the inbox as a person left it, from a task that was opened there."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from web.pages.inbox.choice import Choice

KEY = "inbox"


def remember(choice: Choice) -> None:
    """Keep the choice in the person's session, until another is looked at."""
    if session.get(KEY) != choice.arguments:
        session[KEY] = choice.arguments


@login_required
def back() -> Response:
    """To the open tasks that were looked at last; `finished` names the task that was just completed."""
    choice = Choice.read(session.get(KEY) or {}).open
    finished = request.args.get("finished", type=int)
    return redirect(url_for("inbox.show", **choice.arguments, finished=finished))
