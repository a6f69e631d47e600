"""Keeps the bytes of files by their hash, compressed; the same bytes are kept once."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.modelling.models import DraftContent


def keep(session: Session, content: bytes) -> str:
    """Keep these bytes and return their hash. Two transactions may keep the same ones at the same time."""
    name = fingerprint(content)
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = {"hash": name, "compressed": zlib.compress(content)}
    session.execute(insert(DraftContent).values(row).on_conflict_do_nothing())
    return name


def fetch(session: Session, hashes: Iterable[str]) -> dict[str, bytes]:
    """The bytes under each of these hashes."""
    rows = session.execute(select(DraftContent.hash, DraftContent.compressed).where(DraftContent.hash.in_(set(hashes))))
    return {name: zlib.decompress(compressed) for name, compressed in rows}


def fingerprint(content: bytes) -> str:
    """The SHA-256 (hexadecimal) of a file's bytes."""
    return hashlib.sha256(content).hexdigest()
