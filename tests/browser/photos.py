"""Photos to upload: real PNG pictures, made here so that no binary file lies in the repository."""

from __future__ import annotations

import struct
import zlib

from playwright.sync_api import FilePayload

SIDE = 96
RUST = (168, 92, 60)
COPPER = (70, 128, 110)


def photo(name: str, colour: tuple[int, int, int] = RUST) -> FilePayload:
    """A picture of one colour that brightens to the right."""
    row = b"\0" + b"".join(bytes(min(255, part + x) for part in colour) for x in range(SIDE))
    header = struct.pack(">2I5B", SIDE, SIDE, 8, 2, 0, 0, 0)
    content = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(row * SIDE)) + _chunk(b"IEND", b"")
    return FilePayload(name=name, mimeType="image/png", buffer=b"\x89PNG\r\n\x1a\n" + content)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
