"""Where to go after a form was sent: only ever to a page of our own."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request, url_for


def destination() -> str:
    """The path that `next` names, or the inbox when it names none or leads elsewhere."""
    asked = request.values.get("next", "")
    return asked if is_local_path(asked) else url_for("inbox.show")


def is_local_path(target: str) -> bool:
    """Whether a browser that follows this stays with us: `//evil` and `/\\evil` do not."""
    if not target.startswith("/") or target.startswith("//") or "\\" in target:
        return False
    if any(ord(character) < 32 for character in target):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc
