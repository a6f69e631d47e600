"""Keeps uploaded files by the hash of their content, outside the web root; a task's data hold only a reference."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from werkzeug.datastructures import FileStorage

from web.content_types import type_of
from web.errors import UploadRefused
from web.wiring import settings
from workflows.sentences import sentence

DIGITS = frozenset("0123456789abcdef")
LONGEST_NAME = 80


def store_upload(upload: FileStorage) -> str:
    """Keep a file and return its reference, `{sha256}/{name}`; the same content is kept once.

    The type is told by the content, whatever the name says. Raises UploadRefused.
    """
    content = upload.stream.read()
    if not content:
        raise UploadRefused(sentence("The file is empty."))
    if type_of(content) is None:
        raise UploadRefused(sentence("Only photos, PDF and Office documents are accepted."))
    return keep(settings().uploads, content, upload.filename or "")


def keep(folder: Path, content: bytes, name: str) -> str:
    """Put content into a folder of uploads, unless it is there, and return its reference under a harmless name."""
    digest = hashlib.sha256(content).hexdigest()
    _write_once(_place(folder, digest), content)
    return f"{digest}/{_harmless(name)}"


def upload_name(reference: str) -> str:
    """The name under which a kept file was sent."""
    return str(reference).partition("/")[2] or str(reference)


def place_of(reference: str) -> Path | None:
    """Where a kept file lies; None for a reference of a file that is not, or no longer, kept."""
    digest = reference.partition("/")[0]
    if len(digest) != 64 or not DIGITS.issuperset(digest):
        return None
    place = _place(settings().uploads, digest)
    return place if place.exists() else None


def is_kept(reference: str) -> bool:
    """Whether a reference belongs to a kept file. Only those who have the content, or may see it, can name its hash."""
    return place_of(reference) is not None


def _place(folder: Path, digest: str) -> Path:
    return folder.resolve() / digest[:2] / digest


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
