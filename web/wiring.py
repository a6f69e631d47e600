"""What the running application was created with, within reach of every view."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app

from engine.runtime import Runtime
from web.incoming import Gate
from web.outgoing import PostOffice
from web.settings import WebSettings

KEY = "lookback"


@dataclass(frozen=True)
class Wiring:
    """The engine and the settings of one application, what lets hooks in and what sends things out."""

    runtime: Runtime
    settings: WebSettings
    gate: Gate
    post_office: PostOffice


def wire(app: Flask, runtime: Runtime, settings: WebSettings, gate: Gate, post_office: PostOffice) -> None:
    """Put these where the functions of this module find them."""
    app.extensions[KEY] = Wiring(runtime, settings, gate, post_office)


def runtime() -> Runtime:
    """The engine of the application that answers this request."""
    return _wiring().runtime


def settings() -> WebSettings:
    """The settings of the application that answers this request."""
    return _wiring().settings


def gate() -> Gate:
    """What lets incoming hooks into the application that answers this request."""
    return _wiring().gate


def post_office() -> PostOffice:
    """What sends things out of the house for the application that answers this request."""
    return _wiring().post_office


def _wiring() -> Wiring:
    wiring: Wiring = current_app.extensions[KEY]
    return wiring
