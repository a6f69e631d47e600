"""A file's type is told by its content."""

from __future__ import annotations

import pytest

from web.content_types import type_of


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic....", "image/heic"),
        (b"%PDF-1.7", "application/pdf"),
        (b"<svg xmlns=''/>", None),
        (b"<html>", None),
        (b"MZ\x90\0", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(content: bytes, media_type: str | None) -> None:
    assert type_of(content) == media_type
