"""Where an instance stands, read from its row's content without bringing it to life: its tokens and their elements.

Two instances with equal positions are moved alike, so a migration judges each position once, however many instances
stand there. Reading one costs some 30 µs; the row is all that is asked for.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import orjson

from engine.definitions.parser import ParsedDeployment

Callers = tuple[str, ...]


class Token(NamedTuple):
    """A token's specification and state, and the specification of the token before it (empty for the first)."""

    spec: str
    state: int
    parent: str


@dataclass(frozen=True)
class Part:
    """The tokens of one running process or subprocess; `callers` are the activities through which it was entered."""

    callers: Callers
    process: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Position:
    """All running parts of an instance, the outermost first; how many tokens stand alike does not matter."""

    parts: tuple[Part, ...]
    is_suspended: bool = False

    def as_data(self) -> dict[str, Any]:
        return {
            "suspended": self.is_suspended,
            "parts": [
                [list(part.callers), part.process, [list(token) for token in part.tokens]] for part in self.parts
            ],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        parts = (
            Part(tuple(callers), process, tuple(Token(*token) for token in tokens))
            for callers, process, tokens in data["parts"]
        )
        return cls(tuple(parts), data["suspended"])

    def digest(self) -> str:
        """SHA-256 (hexadecimal) of everything that counts."""
        return hashlib.sha256(orjson.dumps(self.as_data())).hexdigest()


def position_of(
    content: dict[str, Any], process_id: str, parsed: ParsedDeployment, *, is_suspended: bool = False
) -> Position:
    """The position that a row's content (`engine.instances.state.unpack`) describes, on the version it runs on."""
    callers = {part["token"] for part in content["workflows"]}
    homes: dict[str, tuple[Callers, str]] = {}
    parts: set[Part] = set()
    for part in content["workflows"]:
        path, process = homes[part["token"]] if part["token"] else ((), process_id)
        rows = part["tasks"]
        for token, _parent, spec, *_ in rows:
            if token in callers:
                homes[token] = ((*path, spec), parsed.processes[process].task_specs[spec].spec)
        tokens = {Token(row[2], row[3], rows[row[1]][2] if row[1] >= 0 else "") for row in rows}
        parts.add(Part(path, process, tuple(sorted(tokens))))
    ordered = sorted(parts, key=lambda part: (len(part.callers), part.callers, part.process, part.tokens))
    return Position(tuple(ordered), is_suspended)
