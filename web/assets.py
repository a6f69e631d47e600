"""Static files by their content: an address changes with the file, so browsers may keep each for a year."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, url_for
from markupsafe import Markup
from whitenoise import WhiteNoise

from web.errors import FrontEndNotBuilt
from web.security.headers import FIXED, nonce

STATIC = Path(__file__).parent / "static"
BUILT = "built"
MANIFEST = STATIC / BUILT / "manifest.json"
A_YEAR = 365 * 24 * 3600

Manifest = dict[str, dict[str, Any]]
"""What the bundler says of each file: `file`, and for scripts the `css` and the `imports` that belong to it."""


def set_up_assets(app: Flask) -> None:
    """Serve what was built, compressed where it was, and let templates ask for `asset('icon.svg')`, `script('page')`.

    Raises FrontEndNotBuilt.
    """
    built_entries()
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR
    app.add_template_global(asset)
    app.add_template_global(script)
    app.wsgi_app = WhiteNoise(
        app.wsgi_app,
        root=STATIC / BUILT,
        prefix=f"static/{BUILT}",
        max_age=A_YEAR,
        allow_all_origins=False,
        add_headers_function=_add_fixed_headers,
    )


def asset(name: str) -> str:
    """The address of a static file as it is now."""
    return url_for("static", filename=name, v=_fingerprint(name))


def script(entry: str) -> Markup:
    """The tags that load a bundle of `web/frontend/src/entries`, its style sheets first."""
    manifest = built_entries()
    chunks = list(dict.fromkeys(_with_imports(manifest, f"src/entries/{entry}.ts")))
    sheets = dict.fromkeys(sheet for chunk in chunks for sheet in manifest[chunk].get("css", ()))
    links = [Markup('<link rel="stylesheet" href="{}">').format(_built(sheet)) for sheet in sheets]
    address = _built(manifest[chunks[0]]["file"])
    tag = Markup('<script type="module" src="{}" nonce="{}"></script>').format(address, nonce())
    return Markup("\n").join([*links, tag])


def built_entries() -> Manifest:
    """What the bundler has built, as it stands on disk now. Raises FrontEndNotBuilt."""
    try:
        return _read(MANIFEST.stat().st_mtime_ns)
    except FileNotFoundError as missing:
        raise FrontEndNotBuilt from missing


@lru_cache(maxsize=1)
def _read(_changed_at: int) -> Manifest:
    return dict(json.loads(MANIFEST.read_text()))


def _with_imports(manifest: Manifest, name: str) -> Iterator[str]:
    yield name
    for imported in manifest[name].get("imports", ()):
        yield from _with_imports(manifest, imported)


def _built(name: str) -> str:
    return url_for("static", filename=f"{BUILT}/{name}")


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def _add_fixed_headers(headers: Any, _path: str, _url: str) -> None:
    for name, value in FIXED.items():
        headers[name] = value
