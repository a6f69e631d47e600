"""Static files by their content: an address changes with the file, so browsers may keep each for a year."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, url_for

STATIC = Path(__file__).parent / "static"
STYLES = tuple(
    f"style/{name}.css"
    for name in (
        "tokens", "elements", "frame", "parts", "inbox", "task", "forms", "diagram", "timeline", "sign_in", "errors",
    )
)  # fmt: skip
"""The style sheets in the order in which a later one may overrule an earlier one."""
A_YEAR = 365 * 24 * 3600


def set_up_assets(app: Flask) -> None:
    """Let templates ask for `asset('page.js')`."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR
    app.add_template_global(asset)
    app.add_template_global(styles)


def asset(name: str) -> str:
    """The address of a static file as it is now."""
    return url_for("static", filename=name, v=_fingerprint(name))


def styles() -> tuple[str, ...]:
    """The addresses of all style sheets, in order."""
    return tuple(asset(name) for name in STYLES)


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
