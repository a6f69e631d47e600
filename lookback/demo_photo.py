"""A picture for the demo's evidence, drawn here so that no binary file lies in the repository."""

from __future__ import annotations

import struct
import zlib
from typing import Final

SIDE: Final = 96
RUST: Final = (168, 92, 60)


def picture(colour: tuple[int, int, int] = RUST) -> bytes:
    """A PNG of one colour that brightens to the right."""
    row = b"\0" + b"".join(bytes(min(255, part + x) for part in colour) for x in range(SIDE))
    header = struct.pack(">2I5B", SIDE, SIDE, 8, 2, 0, 0, 0)
    content = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(row * SIDE)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + content


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
