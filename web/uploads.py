"""Keeps uploaded files by the hash of their content, outside the web root; a task's data hold only a reference."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from werkzeug.datastructures import FileStorage

from web.content_types import PICTURES, type_of
from web.errors import UploadRefused
from web.wiring import runtime, settings
from workflows.sentences import sentence
from workflows.uploads import keep_facts
from workflows.uploads.exif import read_facts

DIGITS = frozenset("0123456789abcdef")
LONGEST_NAME = 80


def store_upload(upload: FileStorage) -> str:
    """Keep a file and return its reference, `{sha256}/{name}`; the same content is kept once.

    The type is told by the content, whatever the name says. Raises UploadRefused.
    """
    return store_content(upload.stream.read(), upload.filename or "")


def store_content(content: bytes, name: str) -> str:
    """Keep a file by its content, and what it tells of itself if it is a photo; as `store_upload`."""
    if not content:
        raise UploadRefused(sentence("The file is empty."))
    media_type = type_of(content)
    if media_type is None:
        raise UploadRefused(sentence("Only photos, PDF and Office documents are accepted."))
    reference = keep(settings().uploads, content, name)
    if media_type in PICTURES:
        _keep_facts(reference, content)
    return reference


def _keep_facts(reference: str, content: bytes) -> None:
    facts = read_facts(content)
    if facts is not None:
        with runtime().unit_of_work() as uow:
            keep_facts(uow, digest_of(reference), facts)


def keep(folder: Path, content: bytes, name: str) -> str:
    """Put content into a folder of uploads, unless it is there, and return its reference under a harmless name."""
    digest = hashlib.sha256(content).hexdigest()
    _write_once(_place(folder, digest), content)
    return f"{digest}/{_harmless(name)}"


def digest_of(reference: str) -> str:
    """The hash of a kept file's content."""
    return str(reference).partition("/")[0]


def upload_name(reference: str) -> str:
    """The name under which a kept file was sent."""
    return str(reference).partition("/")[2] or str(reference)


def place_of(reference: str) -> Path | None:
    """Where a kept file lies; None for a reference of a file that is not, or no longer, kept."""
    digest = digest_of(reference)
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
