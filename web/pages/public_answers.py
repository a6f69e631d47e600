"""How public pages answer: in the language that their address names, and kept by caches for a while.

Nothing of the visitor is on them, so one answer serves all; only who brings a cookie is answered apart, because the
answer may renew it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from flask import Response, g, make_response, render_template, request
from flask_babel import force_locale

from web.security.headers import nonce
from web.settings import Language
from web.wiring import settings

KEPT_FOR: Final = timedelta(minutes=5)
PARAMETER: Final = "lang"


def asked_language() -> Language:
    """The language that the address names, or the site's own."""
    asked = request.args.get(PARAMETER, "")
    return Language(asked) if asked in list(Language) else settings().default_language


def keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    """Carry the language of this page to every public address on it; the site's own needs no mention."""
    chosen = g.get("public_language")
    if chosen is not None and chosen is not settings().default_language:
        values.setdefault(PARAMETER, chosen.value)


def public_page(template: str, values: Mapping[str, Any], *, status: int = 200) -> Response:
    """A page for everybody, as the template makes it."""
    with force_locale(asked_language().value):
        body = render_template(template, **values)
    response = make_response(body, status)
    return kept(response, body.replace(nonce(), "").encode())


def kept(response: Response, content: bytes, changed_at: datetime | None = None) -> Response:
    """The answer with what caches need; empty and 304 when the caller has this content already."""
    response.set_etag(hashlib.sha256(content).hexdigest()[:32], weak=True)
    response.last_modified = changed_at
    response.cache_control.max_age = int(KEPT_FOR.total_seconds())
    if request.cookies:
        response.cache_control.private = True
    else:
        response.cache_control.public = True
    if response.status_code != 200:
        return response
    response.make_conditional(request)
    return response
