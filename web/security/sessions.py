"""Sessions that last as long as somebody is there, and whose cookie no late answer can set back.

All of a session is in its cookie, also the words that the next page shall say. While a form is sent, its page may still
wait for the answer about a draft, a photograph or the diagram; did such an answer send its older cookie again, it would
undo what the sending said. So a cookie is sent when the session has changed, and otherwise only when it wears out.
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

from web.wiring import runtime

ASKED_BY_PAGES = frozenset({"inbox.events"})
"""Endpoints that an open page calls without anybody doing anything: they do not prolong a session."""

RENEWALS = 12
"""How often a cookie is renewed while its session lasts: it ends after at least eleven twelfths of its time alone."""

SENT = "sent"
"""The key of the moment when the cookie was sent last (UTC)."""


class Sessions(SecureCookieSessionInterface):
    """Keeps a session in a signed cookie, and renews it now and then for a person who stays."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session and (session.modified or _wears_out(app, session)):
            session[SENT] = runtime().clock.now()
        super().save_session(app, session, response)


def _wears_out(app: Flask, session: SessionMixin) -> bool:
    if request.endpoint in ASKED_BY_PAGES:
        return False
    sent: datetime | None = session.get(SENT)
    return sent is None or runtime().clock.now() - sent > app.permanent_session_lifetime / RENEWALS
