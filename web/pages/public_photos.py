"""Photos for everybody: made anew from what was sent, so that nothing of the camera, its owner or its place is left."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError
from werkzeug.datastructures import FileStorage

from web.errors import UploadRefused
from web.uploads import keep, place_of
from web.wiring import settings
from workflows.errors import UnknownRecord
from workflows.records import Record
from workflows.sentences import sentence

LONGEST_SIDE: Final = 1600
MOST_PIXELS: Final = 60_000_000
QUALITY: Final = 82


def keep_public_photo(upload: FileStorage) -> str:
    """Keep a photo without its data and return its reference. Raises UploadRefused for what is no photo."""
    try:
        with Image.open(upload.stream) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise UploadRefused(sentence("The photo has too many pixels; send a smaller one."))
            content = _made_anew(opened)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as no_picture:
        raise UploadRefused(sentence("Only photos are accepted: JPEG, PNG or WebP.")) from no_picture
    return keep(settings().uploads, content, f"{PurePath(upload.filename or '').stem or 'photo'}.jpg")


def public_photo(reference: str) -> bytes:
    """The kept photo. Raises UnknownRecord when its file is gone."""
    place = place_of(reference)
    if place is None:
        raise UnknownRecord(Record.EVIDENCE, reference)
    return place.read_bytes()


def _made_anew(opened: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(opened).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    content = BytesIO()
    bare.save(content, "JPEG", quality=QUALITY, optimize=True)
    return content.getvalue()
