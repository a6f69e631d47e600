"""The pieces of a file under way: one file that grows, held by one request at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from io import BufferedRandom
from pathlib import Path
from typing import IO, Final

UNDER_WAY: Final = "under-way"
BLOCK: Final = 64 * 1024


class Busy(Exception):
    """Another request writes to this upload at the moment; ask again."""


def place_of_pieces(folder: Path, upload_id: str) -> Path:
    """Where the bytes of an upload gather, below the folder of kept files."""
    return folder.resolve() / UNDER_WAY / upload_id


def received(place: Path) -> int:
    """How many bytes have come so far."""
    return place.stat().st_size if place.exists() else 0


@contextmanager
def held(place: Path, *, waits: bool = False) -> Generator[BufferedRandom]:
    """The growing file for this request alone, once another that holds it has ended if it `waits`. Raises Busy."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT, 0o640), "r+b") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as elsewhere:
            raise Busy from elsewhere
        yield opened


def append(opened: BufferedRandom, stream: IO[bytes], room: int) -> int:
    """Write what a request brings to the end of the file, at most `room` bytes; returns how many came.

    What came before a connection broke stays, so that the next request goes on from there.
    """
    opened.seek(0, os.SEEK_END)
    written = 0
    for block in _blocks(stream, room):
        opened.write(block)
        opened.flush()
        written += len(block)
    os.fsync(opened.fileno())
    return written


def _blocks(stream: IO[bytes], room: int) -> Iterator[bytes]:
    while room > 0:
        block = stream.read(min(BLOCK, room))
        if not block:
            return
        room -= len(block)
        yield block
