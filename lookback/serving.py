"""Wires the web application: the settings as the web wants them, on the wired engine."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask
from pydantic import SecretStr

from lookback.bootstrap import Application, working_calendar
from lookback.gate import IncomingGate
from lookback.migrations import BRANCHES
from lookback.outgoing import policy_of
from lookback.post_office import Outgoing
from lookback.secret_key import secret_key
from lookback.settings import Settings
from web.application import create_application
from web.settings import Language, WebSettings


def web_application(application: Application) -> Flask:
    """The site of this installation, ready to serve."""
    settings = application.settings
    outgoing = Outgoing(policy_of(settings.webhooks), application.wording(), application.channels(), settings.zone)
    return create_application(application.runtime, web_settings(settings), IncomingGate(), outgoing)


def web_settings(settings: Settings) -> WebSettings:
    """What the web needs to know; makes the signing key when there is none yet."""
    web = settings.web
    return WebSettings(
        secret_key=secret_key(settings),
        public_url=web.address,
        session_lifetime=timedelta(hours=web.session_hours),
        secure_cookies=web.secure_cookies,
        default_language=Language(web.default_language),
        calendar=working_calendar(settings),
        metrics_token=_revealed(web.metrics_token),
        trusted_proxies=web.trusted_proxies,
        branches=BRANCHES,
        uploads=uploads_of(settings),
    )


def uploads_of(settings: Settings) -> Path:
    """The folder of uploaded evidence."""
    return settings.state_folder / "uploads"


def _revealed(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None
