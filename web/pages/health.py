"""For those who watch over the system: is the process alive, can it work, and how is it doing."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from ipaddress import ip_address

from alembic.util import CommandError
from flask import Blueprint, Response, abort, current_app, jsonify, request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from engine.jobs import next_due_at
from engine.storage.migrate import is_current
from web.metrics import exposition
from web.wiring import runtime, settings

pages = Blueprint("health", __name__)


@pages.get("/healthz")
def alive() -> Response:
    return jsonify(status="alive")


@pages.get("/readyz")
def ready() -> tuple[Response, int]:
    checks = {name: _holds(check) for name, check in CHECKS.items()}
    is_ready = all(checks.values())
    return jsonify(status="ready" if is_ready else "not ready", checks=checks), 200 if is_ready else 503


@pages.get("/metrics")
def metrics() -> Response:
    if not _may_scrape():
        abort(403)
    return Response(exposition(current_app), content_type="text/plain; version=0.0.4; charset=utf-8")


def _database_answers() -> bool:
    with runtime().reading() as uow:
        return uow.session.scalar(text("SELECT 1")) == 1


def _migrations_are_current() -> bool:
    known = current_app.extensions.setdefault("migrated", False)
    if not known:
        url = runtime().database.engine.url.render_as_string(hide_password=False)
        known = current_app.extensions["migrated"] = is_current(url, settings().branches)
    return bool(known)


def _sweep_keeps_up() -> bool:
    with runtime().reading() as uow:
        earliest = next_due_at(uow.session)
    return earliest is None or uow.now - earliest < settings().sweep_tolerance


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database_answers,
    "migrations": _migrations_are_current,
    "sweep": _sweep_keeps_up,
}


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (SQLAlchemyError, CommandError):
        current_app.logger.exception("readiness check failed")
        return False


def _may_scrape() -> bool:
    token = settings().metrics_token
    if token is not None:
        return hmac.compare_digest(request.headers.get("Authorization", ""), f"Bearer {token}")
    return ip_address(request.remote_addr or "0.0.0.0").is_loopback
