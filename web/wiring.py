"""What the running application was created with, within reach of every view."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app

from engine.runtime import Runtime
from web.incoming import Gate
from web.settings import WebSettings

KEY = "lookback"


@dataclass(frozen=True)
class Wiring:
    """The engine, the settings and the gate of incoming hooks of one application."""

    runtime: Runtime
    settings: WebSettings
    gate: Gate


def wire(app: Flask, runtime: Runtime, settings: WebSettings, gate: Gate) -> None:
    """Put these where `runtime()`, `settings()` and `gate()` find them."""
    app.extensions[KEY] = Wiring(runtime, settings, gate)


def runtime() -> Runtime:
    """The engine of the application that answers this request."""
    return _wiring().runtime


def settings() -> WebSettings:
    """The settings of the application that answers this request."""
    return _wiring().settings


def gate() -> Gate:
    """What lets incoming hooks into the application that answers this request."""
    return _wiring().gate


def _wiring() -> Wiring:
    wiring: Wiring = current_app.extensions[KEY]
    return wiring
