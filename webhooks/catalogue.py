"""The types of events: one JSON Schema each, in `schemas/TYPE.vVERSION.json`, for the data that an event carries.

A new type is a new file. A version stays as it is, but for properties that are added; what does not fit receivers of
the version before gets a new version, which then is what is sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import orjson

FOLDER: Final = Path(__file__).parent / "schemas"
FILE_NAME: Final = re.compile(r"(?P<name>[a-z_]+\.[a-z_]+)\.v(?P<version>[1-9][0-9]*)\.json")
FIRST: Final = 1


@dataclass(frozen=True)
class EventType:
    """A type of event: when it happens, what its key is, and the schema of its data (JSON Schema 2020-12)."""

    name: str
    version: int
    schema: Mapping[str, Any]

    @property
    def description(self) -> str:
        return str(self.schema["description"])

    @property
    def key(self) -> str:
        return str(self.schema["x-key"])


@cache
def all_versions() -> Mapping[tuple[str, int], EventType]:
    """Every type in every version that there is a file for."""
    return MappingProxyType({(it.name, it.version): it for it in map(_read, sorted(FOLDER.glob("*.json")))})


@cache
def event_types() -> Mapping[str, EventType]:
    """Every type in its present version, by name."""
    return MappingProxyType({name: all_versions()[name, version] for name, version in sorted(all_versions())})


def version_of(event_type: str) -> int:
    """The version in which a type's data are sent."""
    known = event_types().get(event_type)
    return known.version if known else FIRST


def _read(file: Path) -> EventType:
    named = FILE_NAME.fullmatch(file.name)
    if named is None:
        raise ValueError(f"{file} is not named as TYPE.vVERSION.json")
    return EventType(named["name"], int(named["version"]), orjson.loads(file.read_bytes()))
