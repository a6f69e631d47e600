"""The files of a deployment: read from a folder, told apart by ending, and known by one hash of their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from engine.storage.models import ResourceKind

Files = Mapping[str, bytes]


def read_folder(path: Path) -> dict[str, bytes]:
    """Every .bpmn, .dmn, .form and .scenario file in a folder and below it, by its path from there."""
    found = (file for file in path.rglob("*") if file.is_file() and kind_of(file.name) is not None)
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in sorted(found)}


def kind_of(name: str) -> ResourceKind | None:
    """What a file holds, by its ending; None for an ending that is no part of a deployment."""
    ending = PurePosixPath(name).suffix.removeprefix(".")
    return ResourceKind(ending) if ending in set(ResourceKind) else None


def of_kind(files: Files, kind: ResourceKind) -> Iterator[tuple[str, bytes]]:
    """The files of one kind in the order of their names."""
    return ((name, files[name]) for name in sorted(files) if kind_of(name) is kind)


def content_hash(files: Files) -> str:
    """One SHA-256 (hexadecimal) over all names and bytes; the order in which the files came does not matter."""
    digest = hashlib.sha256()
    for name in sorted(files):
        for part in (name.encode(), files[name]):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()
