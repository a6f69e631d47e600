"""What channels must know of the people they write to; who knows it is handed in where everything is wired."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from webhooks.channels.letters import Letter
from webhooks.models import EndpointKind


@dataclass(frozen=True)
class Addressee:
    """A person as a channel sees one. `language` is `zh` or `en`; an empty address means that there is none."""

    name: str
    language: str
    mail: str = ""
    phone: str = ""


Directory = Callable[[Letter, EndpointKind], Addressee | None]
"""Finds the person whom a letter is for; None when there is nobody, or the person wants none of this kind of it."""
