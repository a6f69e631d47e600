"""Photos as a camera makes them, with what it writes into them."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

COPPER = (70, 128, 110)


def photograph(
    colour: tuple[int, int, int] = COPPER, *, taken: datetime | None = None, at: tuple[float, float] | None = None
) -> bytes:
    """A JPEG of one colour; `taken` is the local time, `at` latitude and longitude."""
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "Mate 40"
    if taken is not None:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken.strftime("%Y:%m:%d %H:%M:%S")
    if at is not None:
        (latitude, longitude) = (_degrees(part) for part in at)
        exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: latitude, 3: "E", 4: longitude})
    content = BytesIO()
    Image.new("RGB", (320, 240), colour).save(content, "JPEG", exif=exif)
    return content.getvalue()


def _degrees(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    return IFDRational(round(value * 100_000), 100_000), IFDRational(0, 1), IFDRational(0, 1)
