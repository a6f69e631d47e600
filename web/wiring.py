"""What the running application was created with, within reach of every view."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app

from engine.runtime import Runtime
from web.settings import WebSettings

KEY = "lookback"


@dataclass(frozen=True)
class Wiring:
    """The engine and the settings of one application."""

    runtime: Runtime
    settings: WebSettings


def wire(app: Flask, runtime: Runtime, settings: WebSettings) -> None:
    """Put the engine and the settings where `runtime()` and `settings()` find them."""
    app.extensions[KEY] = Wiring(runtime, settings)


def runtime() -> Runtime:
    """The engine of the application that answers this request."""
    return _wiring().runtime


def settings() -> WebSettings:
    """The settings of the application that answers this request."""
    return _wiring().settings


def _wiring() -> Wiring:
    wiring: Wiring = current_app.extensions[KEY]
    return wiring
