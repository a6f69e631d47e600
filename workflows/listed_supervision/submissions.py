"""What people submit in the forms of `listed_supervision`, with who submitted it and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """That something was received or accepted."""

    completed_by: str
    completed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Decision(Receipt):
    """What the committee's leader decided, on listing or on delisting."""

    opinion: str = ""
    requirements: str = ""
    finish_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class Note(Receipt):
    """A treatment plan or a progress return."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Acceptance(Note):
    """What was found on site; `people` names at least two who were there, and the experts."""

    people: str


@dataclass(frozen=True, kw_only=True)
class Publication(Receipt):
    """Where the public was told."""

    media: str
