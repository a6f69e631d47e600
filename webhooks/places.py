"""Where an event belongs: a region and a sector. Who knows it is handed in where everything is wired."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.storage.models import OutboxEvent


@dataclass(frozen=True)
class Place:
    """`region` is a path that begins with the paths of all regions around it; `sector` may be empty."""

    region: str
    sector: str


Places = Callable[[Session, Sequence[OutboxEvent]], Mapping[int, Place]]
"""Tells the places of events by their id; those that belong nowhere in particular are left out."""


def nowhere(_session: Session, _events: Sequence[OutboxEvent]) -> Mapping[int, Place]:
    """No event has a place."""
    return {}
