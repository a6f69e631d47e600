"""Reads what a camera wrote into a picture: when and where it was taken, and with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from io import BytesIO
from math import isfinite
from typing import Any, Final

from PIL import ExifTags, Image, UnidentifiedImageError
from pillow_heif import register_heif_opener

from workflows.calendar import BEIJING_TIME

register_heif_opener()

FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "HEIF")
"""What is opened as a picture; Pillow knows dozens of formats that no phone writes."""

MOST_PIXELS: Final = 64_000_000
MOST_PIXELS_OF_JPEG: Final = 120_000_000
"""A larger picture is kept but never unpacked: a small file may hold enough pixels to fill the memory. Phones take up
to 108 million, which a JPEG need not unpack in full."""

LONGEST_DEVICE: Final = 128
Image.MAX_IMAGE_PIXELS = None  # we look at the size ourselves, before anything is unpacked


@dataclass(frozen=True)
class PhotoFacts:
    """A picture's size in pixels as it is seen, and what the camera wrote down, if it did; degrees are WGS 84."""

    width: int
    height: int
    taken_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
    device: str = ""


def read_facts(content: bytes) -> PhotoFacts | None:
    """What a picture tells of itself; None for anything that cannot be read as a picture of bearable size."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            return _facts(picture) if is_bearable(picture) else None
    except UNREADABLE:
        return None


def is_bearable(picture: Image.Image) -> bool:
    """Whether a picture that was opened, but not unpacked, has few enough pixels to be."""
    most = MOST_PIXELS_OF_JPEG if picture.format == "JPEG" else MOST_PIXELS
    return picture.width * picture.height <= most


UNREADABLE: Final = (UnidentifiedImageError, OSError, ValueError, SyntaxError, RuntimeError, MemoryError)
"""What Pillow's decoders raise for pictures that are broken in one way or another."""


def _facts(picture: Image.Image) -> PhotoFacts:
    exif = picture.getexif()
    lying = exif.get(ExifTags.Base.Orientation) in (5, 6, 7, 8)
    width, height = (picture.height, picture.width) if lying else picture.size
    detail, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    latitude = _degrees(place, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90)
    longitude = _degrees(place, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180)
    both = latitude is not None and longitude is not None and (latitude, longitude) != (0, 0)
    return PhotoFacts(
        width=width,
        height=height,
        taken_at=_taken_at(exif, detail),
        latitude=latitude if both else None,
        longitude=longitude if both else None,
        device=_device(exif),
    )


def _taken_at(exif: Mapping[int, Any], detail: Mapping[int, Any]) -> datetime | None:
    written = detail.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    try:
        local = datetime.strptime(_text(written), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the zone stands elsewhere
        return local.replace(tzinfo=_zone(_text(detail.get(ExifTags.Base.OffsetTimeOriginal)))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(offset: str) -> tzinfo:
    """The zone of a camera's clock; one that names none is set to the time of the place, as phones are."""
    if len(offset) != 6:
        return BEIJING_TIME
    hours = timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6]))
    return timezone(-hours if offset[0] == "-" else hours)


def _degrees(place: Mapping[int, Any], value: int, side: int, negative: str, most: int) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in place[value])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    if not isfinite(found) or found > most:
        return None
    return -found if _text(place.get(side)).upper() == negative else found


def _device(exif: Mapping[int, Any]) -> str:
    maker, model = _text(exif.get(ExifTags.Base.Make)), _text(exif.get(ExifTags.Base.Model))
    name = model if model.lower().startswith(maker.lower()) else f"{maker} {model}"
    return name.strip()[:LONGEST_DEVICE]


def _text(written: object) -> str:
    text = written.decode(errors="replace") if isinstance(written, bytes) else str(written or "")
    return "".join(character for character in text if character.isprintable()).strip()
