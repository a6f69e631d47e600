"""What a file of a draft may be called, and how large it and its draft may be."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from engine.definitions.files import kind_of
from engine.definitions.xml import MAXIMUM_BYTES
from engine.modelling.errors import Unfit, UnfitFile

LONGEST_NAME: Final = 200
MOST_FILES: Final = 500
_SEGMENT: Final = re.compile(r"[\w][\w\-. ]*")


def ensure_name_fits(name: str) -> None:
    """Raises UnfitFile unless this is a path below the set's root with one of the known endings.

    No part begins with a dot or is empty, so that the path leads out of no folder into which it is ever written.
    """
    parts = name.split("/")
    if len(name) > LONGEST_NAME or not all(_SEGMENT.fullmatch(part) and part == part.strip() for part in parts):
        raise UnfitFile(name, Unfit.NAME)
    if kind_of(name) is None:
        raise UnfitFile(name, Unfit.ENDING)


def ensure_is_free(name: str, taken: Collection[str]) -> None:
    """Raises UnfitFile when a file of the set has this name, in whatever case: folders of some systems ignore it."""
    if name.casefold() in {each.casefold() for each in taken}:
        raise UnfitFile(name, Unfit.TAKEN)
    if len(taken) >= MOST_FILES:
        raise UnfitFile(name, Unfit.NUMBER)


def ensure_size_fits(name: str, content: bytes) -> None:
    """Raises UnfitFile for a file that is larger than any that is ever read."""
    if len(content) > MAXIMUM_BYTES:
        raise UnfitFile(name, Unfit.SIZE)
