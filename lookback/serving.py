"""Wires the web application: the settings as the web wants them, on the wired engine."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask
from pydantic import SecretStr

from engine.releasing import ReleaseRules
from lookback.bootstrap import Application
from lookback.gate import IncomingGate
from lookback.migrations import BRANCHES
from lookback.outgoing import policy_of
from lookback.places import places_of
from lookback.post_office import Outgoing
from lookback.secret_key import secret_key
from lookback.settings import DefinitionSettings, Settings
from web.application import create_application
from web.settings import Language, WebSettings


def web_application(application: Application) -> Flask:
    """The site of this installation, ready to serve."""
    settings = application.settings
    vault = application.vault()
    outgoing = Outgoing(
        policy_of(settings.webhooks), application.wording(), application.ways(), vault, places_of, settings.zone
    )
    return create_application(application.runtime, web_settings(application), IncomingGate(vault), outgoing)


def web_settings(application: Application) -> WebSettings:
    """What the web needs to know; makes the signing key when there is none yet."""
    settings, web = application.settings, application.settings.web
    return WebSettings(
        secret_key=secret_key(settings),
        public_url=web.address,
        session_lifetime=timedelta(hours=web.session_hours),
        secure_cookies=web.secure_cookies,
        default_language=Language(web.default_language),
        calendar=application.timekeeping.calendar,
        calendar_changed=application.corrections.forget,
        quiet_hours=application.timekeeping.quiet,
        metrics_token=_revealed(web.metrics_token),
        trusted_proxies=web.trusted_proxies,
        branches=BRANCHES,
        uploads=uploads_of(settings),
        ledger_files=settings.ledger_files,
        page_size=web.page_size,
        largest_upload=web.largest_upload,
        daily_uploads=web.daily_uploads,
        releases=release_rules_of(settings.definitions),
    )


def release_rules_of(definitions: DefinitionSettings) -> ReleaseRules:
    """What this installation asks of a release."""
    return ReleaseRules(definitions.approvals, definitions.emergency_rollback)


def uploads_of(settings: Settings) -> Path:
    """The folder of uploaded evidence."""
    return settings.uploads


def _revealed(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None
