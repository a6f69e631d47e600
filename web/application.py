"""Builds the web application from a wired engine and its settings."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from engine.runtime import Runtime
from web.answers import set_up_answers
from web.api import (
    definitions,
    deployments,
    endpoints,
    events,
    hazards,
    hooks,
    instances,
    messages,
    migrations,
    operating,
    releases,
    tasks,
)
from web.api import files as uploaded_files
from web.api.specification import set_up_api
from web.assets import set_up_assets
from web.forms import chosen
from web.incoming import Gate
from web.language import set_up_language
from web.metrics import set_up_metrics
from web.navigation import set_up_navigation
from web.outgoing import PostOffice
from web.pages import (
    account,
    administration,
    comments,
    designer,
    drafts,
    files,
    hazard,
    health,
    language,
    ledger,
    notices,
    operations,
    public,
    public_desk,
    reported,
    resumable,
    side_processes,
    sign_in,
    spot_check,
    statistics,
    task,
)
from web.pages.inbox import page as inbox
from web.security.headers import set_up_headers
from web.security.identity import set_up_identity
from web.security.sessions import Sessions
from web.settings import WebSettings
from web.times import set_up_times
from web.uploads import upload_name
from web.wiring import wire
from web.words import in_words

PAGES = (
    sign_in.pages,
    language.pages,
    inbox.pages,
    task.pages,
    resumable.pages,
    comments.pages,
    drafts.pages,
    hazard.pages,
    ledger.pages,
    files.pages,
    health.pages,
    spot_check.pages,
    account.pages,
    administration.pages,
    operations.pages,
    side_processes.pages,
    notices.pages,
    reported.pages,
    public.pages,
    public_desk.pages,
    statistics.pages,
    designer.pages,
)
SUBJECTS = (
    hazards.subject,
    tasks.subject,
    uploaded_files.subject,
    instances.subject,
    messages.subject,
    migrations.subject,
    operating.subject,
    definitions.subject,
    deployments.subject,
    releases.subject,
    hooks.subject,
    endpoints.subject,
    events.subject,
)


def create_application(runtime: Runtime, settings: WebSettings, gate: Gate, post_office: PostOffice) -> Flask:
    """The application, ready to serve; several may live in one process."""
    app = Flask("web")
    app.json = _Json(app)
    app.session_interface = Sessions()
    app.config.update(_configuration(settings))
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *(settings.trusted_proxies,) * 3)
    wire(app, runtime, settings, gate, post_office)
    csrf = CSRFProtect(app)
    for set_up in (set_up_language, set_up_times, set_up_headers, set_up_metrics):
        set_up(app, settings)
    for set_up_plainly in (set_up_assets, set_up_identity, set_up_navigation, set_up_answers):
        set_up_plainly(app)
    _register_pages(app)
    _register_subjects(app, csrf, post_office)
    return app


def _configuration(settings: WebSettings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "PERMANENT_SESSION_LIFETIME": settings.session_lifetime,
        "SESSION_REFRESH_EACH_REQUEST": False,  # `Sessions` does so when it is time
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "WTF_CSRF_TIME_LIMIT": None,  # a form may stay open as long as its session
        "MAX_CONTENT_LENGTH": settings.largest_upload,
    }


def _register_pages(app: Flask) -> None:
    app.add_template_filter(in_words)
    app.add_template_filter(upload_name)
    app.add_template_global(chosen)
    for pages in PAGES:
        app.register_blueprint(pages)


def _register_subjects(app: Flask, csrf: CSRFProtect, post_office: PostOffice) -> None:
    api = set_up_api(app, post_office.event_types())
    for subject in SUBJECTS:
        api.register_blueprint(subject)
        csrf.exempt(subject)  # each route asks for the token itself, when it is a session that calls


class _Json(DefaultJSONProvider):
    """Leaves Chinese readable in answers."""

    ensure_ascii = False
