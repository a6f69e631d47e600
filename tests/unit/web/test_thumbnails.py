"""Smaller copies are upright, bounded, without what the camera wrote, and made once."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from web.thumbnails import EDGES, Size, copy_of


def kept(folder: Path, picture: Image.Image, format: str = "JPEG", exif: Image.Exif | None = None) -> Path:
    place = folder / "kept"
    content = BytesIO()
    picture.save(content, format, **({"exif": exif} if exif is not None else {}))
    place.write_bytes(content.getvalue())
    return place


def half_red(size: tuple[int, int]) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, (0, 0, 255))
    picture.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    return picture


def test_a_copy_is_bounded_and_keeps_its_shape(tmp_path: Path) -> None:
    copy = copy_of(kept(tmp_path, half_red((2000, 1000))), Size.SMALL)
    assert copy is not None
    with Image.open(copy) as small:
        assert (small.size, small.format) == ((480, 240), "JPEG")


def test_a_photo_taken_on_its_side_stands_upright_and_tells_nothing_more(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation], exif[ExifTags.Base.Model] = 6, "Mate 40"
    copy = copy_of(kept(tmp_path, half_red((800, 400)), exif=exif), Size.SMALL)
    assert copy is not None
    with Image.open(copy) as small:
        assert small.size == (240, 480)
        top = small.convert("RGB").getpixel((120, 20))
        assert isinstance(top, tuple)
        assert top[0] > 200
        assert dict(small.getexif()) == {}


@pytest.mark.parametrize(("mode", "format"), [("RGBA", "PNG"), ("P", "GIF"), ("RGBA", "WEBP"), ("RGB", "HEIF")])
def test_every_kind_of_picture_has_a_copy(tmp_path: Path, mode: str, format: str) -> None:
    picture = Image.new("RGBA", (64, 64), (0, 0, 0, 0)).convert(mode)
    copy = copy_of(kept(tmp_path, picture, format), Size.LARGE)
    assert copy is not None
    with Image.open(copy) as large:
        assert large.mode == "RGB"


def test_a_copy_is_made_once(tmp_path: Path) -> None:
    place = kept(tmp_path, half_red((600, 600)))
    first = copy_of(place, Size.SMALL)
    assert first is not None
    place.write_bytes(b"gone")
    assert copy_of(place, Size.SMALL) == first


def test_what_is_broken_or_monstrous_has_no_copy(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 64)
    assert copy_of(broken, Size.SMALL) is None
    assert copy_of(kept(tmp_path, Image.new("1", (20_000, 20_000)), "PNG"), Size.SMALL) is None
    assert EDGES[Size.SMALL] < EDGES[Size.LARGE]
