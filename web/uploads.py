"""Keeps uploaded files by the hash of their content, outside the web root; a task's data hold only a reference."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from web.errors import UploadRefused
from web.wiring import settings

BEGINNINGS = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "application/pdf": (b"%PDF-",),
    "application/zip": (b"PK\x03\x04",),  # .docx, .xlsx and archives
    "application/msword": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
}
BRANDS = {b"WEBP": 8, b"ftyp": 4}  # WebP and HEIC photos name themselves after a length
LONGEST_NAME = 80


def store_upload(upload: FileStorage) -> str:
    """Keep a file and return its reference, `{sha256}/{name}`; the same content is kept once.

    The type is told by the content, whatever the name says. Raises UploadRefused.
    """
    content = upload.stream.read()
    if not content:
        raise UploadRefused(gettext("The file is empty."))
    if not _is_accepted(content):
        raise UploadRefused(gettext("Only photos, PDF and Office documents are accepted."))
    digest = hashlib.sha256(content).hexdigest()
    _write_once(settings().uploads / digest[:2] / digest, content)
    return f"{digest}/{_harmless(upload.filename or '')}"


def upload_name(reference: str) -> str:
    """The name under which a kept file was sent."""
    return str(reference).partition("/")[2] or str(reference)


def is_kept(reference: str) -> bool:
    """Whether a reference belongs to a file that was kept."""
    digest = reference.partition("/")[0]
    is_digest = len(digest) == 64 and set(digest) <= set("0123456789abcdef")
    return is_digest and (settings().uploads / digest[:2] / digest).exists()


def _is_accepted(content: bytes) -> bool:
    if any(content.startswith(beginning) for each in BEGINNINGS.values() for beginning in each):
        return True
    return any(content[offset : offset + len(brand)] == brand for brand, offset in BRANDS.items())


def _write_once(place: Path, content: bytes) -> None:
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as unfinished:
        unfinished.write(content)
        unfinished.flush()
        os.fsync(unfinished.fileno())
    Path(unfinished.name).replace(place)


def _harmless(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(character for character in last if character.isprintable() and character not in '<>:"|?*')
    return kept.strip(". ")[-LONGEST_NAME:] or "file"
