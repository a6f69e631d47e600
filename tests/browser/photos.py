"""Photos to upload: real pictures in the colours of what they show."""

from __future__ import annotations

from playwright.sync_api import FilePayload

from lookback.demo_photo import RUST, picture

COPPER = (70, 128, 110)
BRASS = (181, 150, 76)


def photo(name: str, colour: tuple[int, int, int] = RUST) -> FilePayload:
    """A picture of one colour, under a name."""
    return FilePayload(name=name, mimeType="image/png", buffer=picture(colour))
