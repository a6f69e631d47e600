"""Sessions that last as long as somebody is there: what a page asks by itself does not prolong them."""

from __future__ import annotations

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin

ASKED_BY_PAGES = frozenset({"inbox.events"})
"""Endpoints that an open page calls without anybody doing anything."""


class Sessions(SecureCookieSessionInterface):
    """Sends the cookie anew with every answer to a person, so that the session ends when nobody has come for long."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        if request.endpoint in ASKED_BY_PAGES and not session.modified:
            return False
        return super().should_set_cookie(app, session)
