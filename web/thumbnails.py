"""Smaller copies of pictures, made once and kept beside the upload: upright, without EXIF, as every browser shows."""

from __future__ import annotations

import tempfile
from enum import StrEnum
from pathlib import Path
from threading import Semaphore
from typing import Final

from PIL import Image, ImageOps

from workflows.uploads.exif import FORMATS, UNREADABLE, is_bearable


class Size(StrEnum):
    """How large a copy is: a thumbnail of a list, or one that fills a screen."""

    SMALL = "small"
    LARGE = "large"


EDGES: Final = {Size.SMALL: 480, Size.LARGE: 2048}
"""The longest edge of each size, in pixels; a smaller picture is not enlarged."""

QUALITY: Final = 82
WHITE: Final = (255, 255, 255)
_ONE_AT_A_TIME: Final = Semaphore(1)
"""An unpacked photo takes hundreds of megabytes: a node unpacks one, and the others wait."""


def copy_of(place: Path, size: Size) -> Path | None:
    """A kept picture's smaller copy, made when it is first asked for; None for what cannot be shown as a picture."""
    copy = place.with_name(f"{place.name}.{size}.jpg")
    if copy.exists():
        return copy
    with _ONE_AT_A_TIME:
        return copy if copy.exists() or _make(place, copy, EDGES[size]) else None


def _make(place: Path, copy: Path, edge: int) -> bool:
    try:
        with Image.open(place, formats=FORMATS) as picture:
            if not is_bearable(picture):
                return False
            picture.draft("RGB", (edge, edge))
            small = ImageOps.exif_transpose(_flat(picture, edge))
            small.thumbnail((edge, edge))
            _write(small.convert("RGB"), copy)
    except UNREADABLE:
        return False
    return True


def _flat(picture: Image.Image, edge: int) -> Image.Image:
    """The picture, already reduced, on white where it is transparent; its EXIF stays for a moment, to turn it by."""
    exif = picture.getexif()
    has_holes = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    reduced = picture.convert("RGBA" if has_holes else "RGB")
    reduced.thumbnail((edge, edge))
    if has_holes:
        ground = Image.new("RGB", reduced.size, WHITE)
        ground.paste(reduced, mask=reduced.getchannel("A"))
        reduced = ground
    reduced.info["exif"] = exif.tobytes()
    return reduced


def _write(picture: Image.Image, copy: Path) -> None:
    picture.info.pop("exif", None)
    with tempfile.NamedTemporaryFile(dir=copy.parent, delete=False) as unfinished:
        picture.save(unfinished, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    Path(unfinished.name).replace(copy)
