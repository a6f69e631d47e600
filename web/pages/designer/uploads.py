"""Reads the files that a form sent: single ones, or a packed set as a draft's page gives it out."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from flask import request

from engine.definitions.files import kind_of
from engine.definitions.xml import MAXIMUM_BYTES
from engine.modelling import Unfit, UnfitFile
from engine.modelling.naming import MOST_FILES


def sent_files(field: str = "files") -> dict[str, bytes]:
    """The files by name. Raises UnfitFile for what is neither a file of a set nor a packed set."""
    found: dict[str, bytes] = {}
    for sent in request.files.getlist(field):
        if not sent.filename:
            continue
        content = sent.read()
        found |= _unpacked(sent.filename, content) if sent.filename.endswith(".zip") else {sent.filename: content}
    return found


def _unpacked(name: str, content: bytes) -> dict[str, bytes]:
    """The files of a packed set; what it holds beside them is left where it is. Nothing is read beyond its bounds."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            members = [member for member in packed.infolist() if not member.is_dir() and kind_of(member.filename)]
            if len(members) > MOST_FILES:
                raise UnfitFile(name, Unfit.NUMBER)
            if sum(member.file_size for member in members) > 4 * MAXIMUM_BYTES:
                raise UnfitFile(name, Unfit.SIZE)
            return {member.filename: packed.read(member) for member in members}
    except (BadZipFile, RuntimeError, NotImplementedError) as broken:
        raise UnfitFile(name, Unfit.ENDING) from broken
