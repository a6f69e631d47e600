"""Tells a file's type by its first bytes; what the sender calls it is not believed."""

from __future__ import annotations

from typing import Final

BEGINNINGS: Final = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftyphei", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypmsf1", "image/heic"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
)
"""Where in the file, which bytes, and the type they mean. A .docx or .xlsx is a zip archive."""

LONGEST: Final = max(offset + len(mark) for offset, mark, _ in BEGINNINGS)
SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""What every browser can show as a picture; anything else is handed over as a download."""

PICTURES: Final = SHOWN | {"image/heic"}
"""What is a photo: HEIC comes from phones, and is shown as a copy that we make."""


def type_of(content: bytes) -> str | None:
    """The media type of a file that begins like this; None for a kind that we do not accept."""
    for offset, mark, media_type in BEGINNINGS:
        if content[offset : offset + len(mark)] == mark:
            return media_type
    return None
