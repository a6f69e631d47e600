"""What a camera wrote into a picture is read as it was meant, and nothing can be made of broken or monstrous ones."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from workflows.uploads.exif import read_facts

TAKEN = "2022:11:09 10:30:00"


def picture(size: tuple[int, int] = (40, 30), format: str = "JPEG", exif: Image.Exif | None = None) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, (90, 140, 120)).save(content, format, **({"exif": exif} if exif is not None else {}))
    return content.getvalue()


def exif(detail: dict[int, Any] | None = None, place: dict[int, Any] | None = None, **base: Any) -> Image.Exif:
    written = Image.Exif()
    for name, value in base.items():
        written[ExifTags.Base[name]] = value
    written.get_ifd(ExifTags.IFD.Exif).update(detail or {})
    written.get_ifd(ExifTags.IFD.GPSInfo).update(place or {})
    return written


def degrees(*parts: float) -> tuple[IFDRational, ...]:
    return tuple(IFDRational(round(part * 100), 100) for part in parts)


def test_time_place_and_camera_are_read() -> None:
    place = {1: "N", 2: degrees(34, 45, 30), 3: "E", 4: degrees(113, 39, 0)}
    taken: dict[int, Any] = {ExifTags.Base.DateTimeOriginal: TAKEN}
    facts = read_facts(picture(exif=exif(taken, place, Make="HUAWEI", Model="HUAWEI Mate 40")))
    assert facts is not None
    assert facts.taken_at == datetime(2022, 11, 9, 2, 30, tzinfo=UTC)
    assert (facts.latitude, facts.longitude) == (pytest.approx(34.7583, abs=1e-3), pytest.approx(113.65))
    assert facts.device == "HUAWEI Mate 40"


def test_a_camera_that_names_its_zone_is_believed() -> None:
    taken: dict[int, Any] = {ExifTags.Base.DateTimeOriginal: TAKEN, ExifTags.Base.OffsetTimeOriginal: "+00:00"}
    facts = read_facts(picture(exif=exif(taken)))
    assert facts is not None
    assert facts.taken_at == datetime(2022, 11, 9, 10, 30, tzinfo=UTC)


def test_a_picture_that_lies_on_its_side_is_measured_upright() -> None:
    facts = read_facts(picture(exif=exif(Orientation=6)))
    assert facts is not None
    assert (facts.width, facts.height) == (30, 40)


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "yesterday", "", "2022:13:45 99:00:00"])
def test_a_time_that_is_none_is_left_out(taken: str) -> None:
    facts = read_facts(picture(exif=exif({ExifTags.Base.DateTimeOriginal: taken})))
    assert facts is not None
    assert facts.taken_at is None


@pytest.mark.parametrize(
    "place",
    [
        {2: degrees(34, 0, 0)},
        {2: degrees(95, 0, 0), 4: degrees(113, 0, 0)},
        {2: (IFDRational(1, 0),) * 3, 4: degrees(113, 0, 0)},
        {2: (1,), 4: (2,)},
    ],
)
def test_a_place_that_is_none_is_left_out(place: dict[int, Any]) -> None:
    facts = read_facts(picture(exif=exif(place=place)))
    assert facts is not None
    assert (facts.latitude, facts.longitude) == (None, None)


@pytest.mark.parametrize("format", ["PNG", "WEBP", "GIF", "HEIF"])
def test_every_accepted_kind_of_picture_is_read(format: str) -> None:
    assert read_facts(picture((64, 48), format)) is not None


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0" + b"\0" * 64, b"%PDF-1.4", picture()[:60]])
def test_what_is_no_picture_tells_nothing(content: bytes) -> None:
    facts = read_facts(content)
    assert facts is None or facts.taken_at is None


def test_a_picture_of_monstrous_size_is_not_unpacked() -> None:
    content = BytesIO()
    Image.new("1", (30_000, 30_000)).save(content, "PNG")
    assert len(content.getvalue()) < 1_000_000
    assert read_facts(content.getvalue()) is None
